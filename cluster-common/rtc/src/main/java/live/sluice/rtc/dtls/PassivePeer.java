package live.sluice.rtc.dtls;

import java.io.IOException;
import java.util.Hashtable;
import live.sluice.rtc.srtp.SrtpProfile;
import org.bouncycastle.tls.Certificate;
import org.bouncycastle.tls.CertificateRequest;
import org.bouncycastle.tls.CipherSuite;
import org.bouncycastle.tls.ClientCertificateType;
import org.bouncycastle.tls.DefaultTlsServer;
import org.bouncycastle.tls.ProtocolVersion;
import org.bouncycastle.tls.TlsCredentials;
import org.bouncycastle.tls.TlsSRTPUtils;
import org.jspecify.annotations.Nullable;

/** Our side where the peer begins. */
// The library's signatures are from before generics, and its collections from before those of today.
@SuppressWarnings({"rawtypes", "unchecked", "JdkObsolete"})
final class PassivePeer extends DefaultTlsServer {
  /** What goes with a certificate of elliptic curves; RFC 8827, section 6.5, asks for the first. */
  private static final int[] SUITES = {
    CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256, CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384
  };

  private final PeerCheck check;
  private final DtlsSettings settings;
  private @Nullable SrtpProfile profile;

  PassivePeer(GuardedCrypto crypto, PeerCheck check, DtlsSettings settings) {
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
    return SUITES.clone();
  }

  @Override
  public TlsCredentials getCredentials() throws IOException {
    return check.credentials(context);
  }

  @Override
  public CertificateRequest getCertificateRequest() {
    return new CertificateRequest(
        new short[] {ClientCertificateType.ecdsa_sign, ClientCertificateType.rsa_sign},
        DtlsAlgorithms.signatures(),
        null);
  }

  @Override
  public void notifyClientCertificate(Certificate certificate) throws IOException {
    check.certificate(certificate);
  }

  @Override
  public void processClientExtensions(Hashtable extensions) throws IOException {
    super.processClientExtensions(extensions);
    profile = SrtpExport.choose(extensions == null ? null : TlsSRTPUtils.getUseSRTPExtension(extensions));
  }

  @Override
  public Hashtable getServerExtensions() throws IOException {
    super.getServerExtensions();
    Hashtable extensions = serverExtensions;
    if (profile != null) {
      TlsSRTPUtils.addUseSRTPExtension(extensions, SrtpExport.answer(profile));
    }
    return extensions;
  }

  @Override
  public void notifyHandshakeComplete() throws IOException {
    super.notifyHandshakeComplete();
    if (profile != null) {
      check.keys(SrtpExport.export(context, profile, DtlsRole.SERVER));
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
