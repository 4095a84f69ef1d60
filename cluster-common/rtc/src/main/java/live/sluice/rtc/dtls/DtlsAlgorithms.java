package live.sluice.rtc.dtls;

import java.util.Vector;
import org.bouncycastle.tls.CipherSuite;
import org.bouncycastle.tls.HashAlgorithm;
import org.bouncycastle.tls.NamedGroup;
import org.bouncycastle.tls.SignatureAlgorithm;
import org.bouncycastle.tls.SignatureAndHashAlgorithm;

/** What peers may sign and agree on keys with. */
// The library's collections are from before those of today.
@SuppressWarnings("JdkObsolete")
final class DtlsAlgorithms {
  private DtlsAlgorithms() {}

  /** Signatures of browsers' certificates, which are of P-256 or of RSA. */
  static Vector<SignatureAndHashAlgorithm> signatures() {
    Vector<SignatureAndHashAlgorithm> all = new Vector<>();
    all.add(SignatureAndHashAlgorithm.getInstance(HashAlgorithm.sha256, SignatureAlgorithm.ecdsa));
    all.add(SignatureAndHashAlgorithm.rsa_pss_rsae_sha256);
    all.add(SignatureAndHashAlgorithm.getInstance(HashAlgorithm.sha256, SignatureAlgorithm.rsa));
    all.add(SignatureAndHashAlgorithm.getInstance(HashAlgorithm.sha384, SignatureAlgorithm.ecdsa));
    all.add(SignatureAndHashAlgorithm.getInstance(HashAlgorithm.sha384, SignatureAlgorithm.rsa));
    return all;
  }

  /** Groups for a client's key, the best first. */
  static Vector<Integer> groups() {
    Vector<Integer> all = new Vector<>();
    all.add(NamedGroup.x25519);
    all.add(NamedGroup.secp256r1);
    all.add(NamedGroup.secp384r1);
    return all;
  }

  /** A client's suites: the server's certificate may be of either kind. */
  static int[] clientSuites() {
    return new int[] {
      CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256,
      CipherSuite.TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256,
      CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384,
      CipherSuite.TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384
    };
  }
}
