package live.sluice.hop.identity;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;

/**
 * A client's proof that it has the key of its certificate: its signature over SHA-256 of a label, the server's random
 * bytes and the server's certificate. The label keeps the signature from being of use for anything else (as in RFC 8446,
 * section 4.4.3), the certificate keeps a server from passing it on to another one as its own. Stateless.
 */
final class Proof {
  private static final byte[] LABEL = "sluice-hop/1 client\0".getBytes(StandardCharsets.US_ASCII);

  private Proof() {}

  static byte[] sign(PrivateKey key, byte[] nonce, X509Certificate server) throws GeneralSecurityException {
    Signature signature = algorithm(key);
    signature.initSign(key);
    update(signature, nonce, server);
    return signature.sign();
  }

  static boolean verify(PublicKey key, byte[] nonce, X509Certificate server, byte[] proof)
      throws GeneralSecurityException {
    Signature signature = algorithm(key);
    signature.initVerify(key);
    update(signature, nonce, server);
    return signature.verify(proof);
  }

  private static void update(Signature signature, byte[] nonce, X509Certificate server)
      throws GeneralSecurityException {
    signature.update(LABEL);
    signature.update(nonce);
    signature.update(server.getEncoded());
  }

  /** ECDSA for keys of a curve; for RSA that of RFC 8017, section 8.1, with a salt as long as the hash. */
  private static Signature algorithm(Key key) throws GeneralSecurityException {
    if (key.getAlgorithm().equals("EC")) {
      return Signature.getInstance("SHA256withECDSA");
    }
    Signature signature = Signature.getInstance("RSASSA-PSS");
    signature.setParameter(new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, 32, 1));
    return signature;
  }
}
