package live.sluice.rtc.dtls;

import java.io.IOException;
import live.sluice.rtc.srtp.SrtpKeys;
import org.bouncycastle.crypto.params.AsymmetricKeyParameter;
import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.AlertLevel;
import org.bouncycastle.tls.Certificate;
import org.bouncycastle.tls.HashAlgorithm;
import org.bouncycastle.tls.SignatureAlgorithm;
import org.bouncycastle.tls.SignatureAndHashAlgorithm;
import org.bouncycastle.tls.TlsContext;
import org.bouncycastle.tls.TlsCredentialedSigner;
import org.bouncycastle.tls.TlsFatalAlert;
import org.bouncycastle.tls.crypto.TlsCertificate;
import org.bouncycastle.tls.crypto.TlsCryptoParameters;
import org.bouncycastle.tls.crypto.impl.bc.BcDefaultTlsCredentialedSigner;
import org.jspecify.annotations.Nullable;

/** What both roles share: who we are, who the peer must be, and what the handshake came to. Of the peer's thread. */
final class PeerCheck {
  private final GuardedCrypto crypto;
  private final DtlsIdentity identity;
  private final CertificateFingerprint remote;
  private @Nullable SrtpKeys keys;
  private boolean closeNotified;

  PeerCheck(GuardedCrypto crypto, DtlsIdentity identity, CertificateFingerprint remote) {
    this.crypto = crypto;
    this.identity = identity;
    this.remote = remote;
  }

  /** Our certificate, and signatures by its key. */
  TlsCredentialedSigner credentials(TlsContext context) throws IOException {
    AsymmetricKeyParameter key = identity.privateKey();
    TlsCertificate certificate = crypto.createCertificate(identity.certificate());
    TlsCertificate[] chain = {certificate};
    return new BcDefaultTlsCredentialedSigner(
        new TlsCryptoParameters(context),
        crypto,
        key,
        new Certificate(chain),
        // Of TLS 1.2: SHA-256 with ECDSA, whatever the curve.
        SignatureAndHashAlgorithm.getInstance(HashAlgorithm.sha256, SignatureAlgorithm.ecdsa));
  }

  /** RFC 8122, section 6.2: the peer's certificate must be the one that SDP told of; its issuer is no matter. */
  void certificate(@Nullable Certificate certificate) throws IOException {
    if (certificate == null || certificate.isEmpty()) {
      throw new TlsFatalAlert(AlertDescription.handshake_failure, "the peer shows no certificate");
    }
    if (!remote.matches(certificate.getCertificateAt(0).getEncoded())) {
      throw new TlsFatalAlert(
          AlertDescription.bad_certificate, "the peer's certificate is not that of the fingerprint in its SDP");
    }
  }

  void keys(SrtpKeys exported) {
    keys = exported;
  }

  /** The keys; null before the handshake is done. */
  @Nullable SrtpKeys keys() {
    return keys;
  }

  void alert(short level, short description) {
    closeNotified |= level == AlertLevel.warning && description == AlertDescription.close_notify;
  }

  /** Whether the peer said that it goes. */
  boolean closeNotified() {
    return closeNotified;
  }
}
