package live.sluice.hop.identity;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** A cluster's authority that signs whatever a test wants, for clocks at {@link #now} unless told otherwise. */
public final class TestAuthority {
  /** What the clock says: the time at which it was made, for a TLS that asks no other clock. */
  public final Instant now = Instant.now();

  /** A certificate with its key. */
  public record Signed(X509Certificate certificate, PrivateKey key) {}

  private final KeyPair pair = pair("EC");
  private final X509Certificate certificate;

  /** A new one; two of one name are still strangers to each other. */
  public TestAuthority(String name) {
    this.certificate = sign(name, name, pair, pair, List.of(), now.minus(Duration.ofDays(2)), Duration.ofDays(30), true);
  }

  /** Its own certificate. */
  public X509Certificate certificate() {
    return certificate;
  }

  /** A good certificate of a node. */
  public Signed node(String id) {
    return node("EC", id, now.minus(Duration.ofHours(1)), Duration.ofDays(10));
  }

  /** One with a key of that algorithm, valid from {@code from} for {@code length}. */
  public Signed node(String algorithm, String id, Instant from, Duration length) {
    return named(algorithm, id, List.of(uri("sluice://node/" + id)), from, length);
  }

  /** One with the DNS name of hops, and no node's id. */
  public Signed withoutId(String name) {
    return named("EC", name, List.of(), now.minus(Duration.ofHours(1)), Duration.ofDays(10));
  }

  private Signed named(String algorithm, String id, List<GeneralName> further, Instant from, Duration length) {
    KeyPair own = pair(algorithm);
    List<GeneralName> names = new ArrayList<>(further);
    names.add(new GeneralName(GeneralName.dNSName, HopIdentity.NAME));
    String issuer = certificate.getSubjectX500Principal().getName().replace("CN=", "");
    return new Signed(sign(id, issuer, own, pair, names, from, length, false), own.getPrivate());
  }

  private static GeneralName uri(String text) {
    return new GeneralName(GeneralName.uniformResourceIdentifier, text);
  }

  /** The identity of a node, by files in {@code folder} and the clock at {@link #now}. */
  public HopIdentity identity(Path folder, String id) {
    return load(folder, node(id), this, InstantSource.fixed(now));
  }

  /** The identity of a node with that certificate, by files in {@code folder} and a clock that stands at {@code time}. */
  public HopIdentity identity(Path folder, Signed node, Instant time) {
    return load(folder, node, this, InstantSource.fixed(time));
  }

  static HopIdentity load(Path folder, Signed node, TestAuthority trusted, InstantSource clock) {
    try {
      Files.createDirectories(folder);
      return HopIdentity.load(
          write(folder.resolve("node.pem"), "CERTIFICATE", node.certificate().getEncoded()),
          write(folder.resolve("node-key.pem"), "PRIVATE KEY", node.key().getEncoded()),
          write(folder.resolve("ca.pem"), "CERTIFICATE", trusted.certificate().getEncoded()),
          clock);
    } catch (CertificateEncodingException | IOException e) {
      throw new IllegalStateException(e);
    }
  }

  static Path write(Path file, String what, byte[] der) throws IOException {
    String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
    return Files.writeString(file, "-----BEGIN " + what + "-----\n" + body + "\n-----END " + what + "-----\n");
  }

  private static KeyPair pair(String algorithm) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
      generator.initialize(algorithm.equals("EC") ? 256 : 2048);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static X509Certificate sign(
      String subject,
      String issuer,
      KeyPair own,
      KeyPair signer,
      List<GeneralName> names,
      Instant from,
      Duration length,
      boolean authority) {
    try {
      JcaX509v3CertificateBuilder builder =
          new JcaX509v3CertificateBuilder(
              new X500Name("CN=" + issuer),
              new BigInteger(63, new SecureRandom()).setBit(62),
              Date.from(from),
              Date.from(from.plus(length)),
              new X500Name("CN=" + subject),
              own.getPublic());
      builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(authority));
      if (!names.isEmpty()) {
        builder.addExtension(
            Extension.subjectAlternativeName, false, new GeneralNames(names.toArray(new GeneralName[0])));
        builder.addExtension(
            Extension.extendedKeyUsage,
            false,
            new ExtendedKeyUsage(
                new KeyPurposeId[] {KeyPurposeId.id_kp_serverAuth, KeyPurposeId.id_kp_clientAuth}));
      }
      return new JcaX509CertificateConverter()
          .getCertificate(builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(signer.getPrivate())));
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
