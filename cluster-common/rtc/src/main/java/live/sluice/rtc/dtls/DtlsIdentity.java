package live.sluice.rtc.dtls;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.crypto.params.AsymmetricKeyParameter;
import org.bouncycastle.crypto.util.PrivateKeyFactory;
import org.bouncycastle.operator.DefaultDigestAlgorithmIdentifierFinder;
import org.bouncycastle.operator.DefaultSignatureAlgorithmIdentifierFinder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.bc.BcECContentSignerBuilder;

/**
 * Who a node is to its peers: a key of the curve P-256 and a certificate signed by itself, made at start. Nobody needs
 * to trust it, for SDP tells its fingerprint; RFC 8827, section 6.5. Immutable.
 */
public final class DtlsIdentity {
  /** Some clients look at the dates: from yesterday, for clocks that are late, to beyond a node's life. */
  private static final Duration BEFORE = Duration.ofDays(1);

  private static final Duration AFTER = Duration.ofDays(3650);

  private final byte[] certificate;
  private final AsymmetricKeyParameter privateKey;
  private final CertificateFingerprint fingerprint;

  private DtlsIdentity(byte[] certificate, AsymmetricKeyParameter privateKey) {
    this.certificate = certificate;
    this.privateKey = privateKey;
    this.fingerprint = CertificateFingerprint.of(certificate);
  }

  /** Makes a new one; takes milliseconds. */
  public static DtlsIdentity create() {
    try {
      SecureRandom random = new SecureRandom();
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"), random);
      KeyPair pair = generator.generateKeyPair();
      AsymmetricKeyParameter privateKey = PrivateKeyFactory.createKey(pair.getPrivate().getEncoded());
      X500Name name = new X500Name("CN=WebRTC");
      Instant now = Instant.now();
      X509v3CertificateBuilder builder =
          new X509v3CertificateBuilder(
              name,
              new BigInteger(63, random).setBit(62),
              Date.from(now.minus(BEFORE)),
              Date.from(now.plus(AFTER)),
              name,
              SubjectPublicKeyInfo.getInstance(pair.getPublic().getEncoded()));
      var signature = new DefaultSignatureAlgorithmIdentifierFinder().find("SHA256withECDSA");
      var digest = new DefaultDigestAlgorithmIdentifierFinder().find(signature);
      var signer = new BcECContentSignerBuilder(signature, digest).build(privateKey);
      return new DtlsIdentity(builder.build(signer).getEncoded(), privateKey);
    } catch (GeneralSecurityException | OperatorCreationException | IOException e) {
      throw new IllegalStateException("could not make a certificate of P-256", e);
    }
  }

  /** What our description of a session says of us. */
  public CertificateFingerprint fingerprint() {
    return fingerprint;
  }

  byte[] certificate() {
    return certificate.clone();
  }

  AsymmetricKeyParameter privateKey() {
    return privateKey;
  }
}
