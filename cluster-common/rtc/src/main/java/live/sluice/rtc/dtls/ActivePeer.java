package live.sluice.rtc.dtls;

import java.io.IOException;
import java.util.Hashtable;
import java.util.Vector;
import live.sluice.rtc.srtp.SrtpProfile;
import org.bouncycastle.tls.CertificateRequest;
import org.bouncycastle.tls.DefaultTlsClient;
import org.bouncycastle.tls.ProtocolVersion;
import org.bouncycastle.tls.TlsAuthentication;
import org.bouncycastle.tls.TlsCredentials;
import org.bouncycastle.tls.TlsSRTPUtils;
import org.bouncycastle.tls.TlsServerCertificate;
import org.jspecify.annotations.Nullable;

/** Our side where we begin. */
// The library's signatures are from before generics, and its collections from before those of today.
@SuppressWarnings({"rawtypes", "unchecked", "JdkObsolete"})
final class ActivePeer extends DefaultTlsClient {
  private final PeerCheck check;
  private final DtlsSettings settings;
  private @Nullable SrtpProfile profile;

  ActivePeer(GuardedCrypto crypto, PeerCheck check, DtlsSettings settings) {
    super(crypto);
    this.check = check;
    this.settings = settings;
  }

  @Override
  protected ProtocolVersion[] getSupportedVersions() {
    return ProtocolVersion.DTLSv12.only();
  }

  @Override
  protected int[] getSupportedCipherSuites() {
    return DtlsAlgorithms.clientSuites();
  }

  @Override
  protected Vector getSupportedGroups(Vector namedGroupRoles) {
    return DtlsAlgorithms.groups();
  }

  @Override
  protected Vector getSupportedSignatureAlgorithms() {
    return DtlsAlgorithms.signatures();
  }

  @Override
  public Hashtable getClientExtensions() throws IOException {
    Hashtable extensions = super.getClientExtensions();
    if (extensions == null) {
      extensions = new Hashtable();
    }
    TlsSRTPUtils.addUseSRTPExtension(extensions, SrtpExport.offer());
    return extensions;
  }

  @Override
  public void processServerExtensions(Hashtable extensions) throws IOException {
    super.processServerExtensions(extensions);
    profile = SrtpExport.chosen(extensions == null ? null : TlsSRTPUtils.getUseSRTPExtension(extensions));
  }

  @Override
  public TlsAuthentication getAuthentication() {
    return new TlsAuthentication() {
      @Override
      public void notifyServerCertificate(TlsServerCertificate certificate) throws IOException {
        check.certificate(certificate.getCertificate());
      }

      @Override
      public TlsCredentials getClientCredentials(CertificateRequest request) throws IOException {
        return check.credentials(context);
      }
    };
  }

  @Override
  public void notifyHandshakeComplete() throws IOException {
    super.notifyHandshakeComplete();
    if (profile != null) {
      check.keys(SrtpExport.export(context, profile, DtlsRole.CLIENT));
    }
  }

  @Override
  public void notifyAlertReceived(short level, short description) {
    check.alert(level, description);
  }

  /** RFC 5746: there is no renegotiation here, secure or not. */
  @Override
  public void notifySecureRenegotiation(boolean secure) {}

  /** Keys are exported only where RFC 7627 holds. */
  @Override
  public boolean requiresExtendedMasterSecret() {
    return true;
  }

  /** A fingerprint says who the peer is: how it signed its own certificate is no matter. */
  @Override
  public boolean shouldCheckSigAlgOfPeerCerts() {
    return false;
  }

  @Override
  public int getHandshakeTimeoutMillis() {
    return (int) settings.handshakeTimeout().toMillis();
  }

  @Override
  public int getHandshakeResendTimeMillis() {
    return (int) settings.resend().toMillis();
  }
}
