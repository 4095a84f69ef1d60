package live.sluice.launcher;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.HexFormat;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * The authority of a cluster, which signs the certificates of its nodes: who has one of these is a node. Keys are of the
 * curve P-256, profiles those of RFC 5280.
 */
public final class ClusterAuthority {
  /** The DNS name that every node's certificate has; a link is made by it, whatever the address. */
  private static final String HOP_NAME = "hop.sluice.internal";

  /** For clocks that are late. */
  private static final Duration BEFORE = Duration.ofDays(1);

  private static final SecureRandom RANDOM = new SecureRandom();

  private final X509Certificate certificate;
  private final PrivateKey key;

  private ClusterAuthority(X509Certificate certificate, PrivateKey key) {
    this.certificate = certificate;
    this.key = key;
  }

  /** Makes a new one, in files that are not there yet. */
  public static ClusterAuthority make(Path certificateFile, Path keyFile, Instant now, Duration length) {
    KeyPair pair = keyPair();
    // Two clusters' authorities have different names, so that an error tells which one was meant.
    String name = "CN=Sluice cluster " + HexFormat.of().toHexDigits(RANDOM.nextInt());
    try {
      JcaX509v3CertificateBuilder builder = builder(new X500Name(name), now, now.plus(length), name, pair);
      builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(0));
      builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
      X509Certificate certificate = sign(builder, pair.getPrivate());
      PemFiles.write(keyFile, "PRIVATE KEY", pair.getPrivate().getEncoded(), true);
      PemFiles.write(certificateFile, "CERTIFICATE", certificate.getEncoded(), false);
      return new ClusterAuthority(certificate, pair.getPrivate());
    } catch (GeneralSecurityException | OperatorCreationException | IOException e) {
      throw new LaunchException("cannot make " + certificateFile + ": " + e.getMessage(), e);
    }
  }

  /** Reads one that was made earlier. */
  static ClusterAuthority read(Path certificateFile, Path keyFile, Instant now) {
    X509Certificate certificate = PemFiles.certificate(certificateFile);
    if (now.isAfter(certificate.getNotAfter().toInstant())) {
      throw new LaunchException(
          "the authority in " + certificateFile + " has expired, on " + certificate.getNotAfter().toInstant()
              + ": make a new one in another directory, and new certificates for all nodes");
    }
    return new ClusterAuthority(certificate, PemFiles.key(keyFile));
  }

  /** When its own certificate ends, and with it those of all nodes. */
  Instant expires() {
    return certificate.getNotAfter().toInstant();
  }

  /**
   * Makes a key and a certificate of a node.
   *
   * @return when the certificate ends: after that time, or with the authority
   */
  public Instant makeNode(String node, Path certificateFile, Path keyFile, Instant now, Duration length) {
    KeyPair pair = keyPair();
    Instant end = now.plus(length).isAfter(expires()) ? expires() : now.plus(length);
    try {
      X500Name issuer = X500Name.getInstance(certificate.getSubjectX500Principal().getEncoded());
      JcaX509v3CertificateBuilder builder = builder(issuer, now, end, "CN=" + node, pair);
      builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
      builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
      KeyPurposeId[] bothEnds = {KeyPurposeId.id_kp_serverAuth, KeyPurposeId.id_kp_clientAuth};
      builder.addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(bothEnds));
      GeneralName[] names = {
        new GeneralName(GeneralName.dNSName, HOP_NAME),
        new GeneralName(GeneralName.uniformResourceIdentifier, "sluice://node/" + node)
      };
      builder.addExtension(Extension.subjectAlternativeName, false, new GeneralNames(names));
      builder.addExtension(
          Extension.authorityKeyIdentifier,
          false,
          new JcaX509ExtensionUtils().createAuthorityKeyIdentifier(certificate.getPublicKey()));
      byte[] signed = sign(builder, key).getEncoded();
      PemFiles.write(keyFile, "PRIVATE KEY", pair.getPrivate().getEncoded(), true);
      PemFiles.write(certificateFile, "CERTIFICATE", signed, false);
      return end;
    } catch (GeneralSecurityException | OperatorCreationException | IOException e) {
      throw new LaunchException("cannot make " + certificateFile + ": " + e.getMessage(), e);
    }
  }

  private static KeyPair keyPair() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"), RANDOM);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java has no keys of the curve P-256", e);
    }
  }

  private static JcaX509v3CertificateBuilder builder(
      X500Name issuer, Instant now, Instant end, String subject, KeyPair pair)
      throws GeneralSecurityException, IOException {
    JcaX509v3CertificateBuilder builder =
        new JcaX509v3CertificateBuilder(
            issuer,
            new BigInteger(127, RANDOM).setBit(126),
            Date.from(now.minus(BEFORE)),
            Date.from(end),
            new X500Name(subject),
            pair.getPublic());
    builder.addExtension(
        Extension.subjectKeyIdentifier, false, new JcaX509ExtensionUtils().createSubjectKeyIdentifier(pair.getPublic()));
    return builder;
  }

  private static X509Certificate sign(JcaX509v3CertificateBuilder builder, PrivateKey signer)
      throws OperatorCreationException, GeneralSecurityException {
    return new JcaX509CertificateConverter()
        .getCertificate(builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(signer)));
  }
}
