package live.sluice.rtc.dtls;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.security.MessageDigest;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.time.Instant;
import java.util.Date;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class DtlsIdentityTest {
  private final DtlsIdentity identity = DtlsIdentity.create();

  @Test
  void theCertificateIsSignedByItselfAndLastsForYears() throws Exception {
    X509Certificate certificate =
        (X509Certificate)
            CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(identity.certificate()));

    certificate.verify(certificate.getPublicKey());
    certificate.checkValidity();
    certificate.checkValidity(Date.from(Instant.now().plusSeconds(9L * 365 * 86_400)));
    assertThat(((ECPublicKey) certificate.getPublicKey()).getParams().getOrder().bitLength()).isEqualTo(256);
    assertThat(certificate.getSerialNumber().signum()).isPositive();
  }

  @Test
  void theFingerprintIsItsDigest() throws Exception {
    byte[] digest = MessageDigest.getInstance("SHA-256").digest(identity.certificate());
    String hex = HexFormat.ofDelimiter(":").withUpperCase().formatHex(digest);

    assertThat(identity.fingerprint()).hasToString("sha-256 " + hex);
    assertThat(identity.fingerprint().matches(identity.certificate())).isTrue();
    assertThat(identity.fingerprint().matches(DtlsIdentity.create().certificate())).isFalse();
  }

  @Test
  void fingerprintsOfOtherDigestsAreCompared() throws Exception {
    for (String algorithm : new String[] {"SHA-1", "SHA-256", "SHA-384", "SHA-512"}) {
      byte[] digest = MessageDigest.getInstance(algorithm).digest(identity.certificate());
      String hex = HexFormat.ofDelimiter(":").formatHex(digest);
      CertificateFingerprint fingerprint = CertificateFingerprint.parse(algorithm + " " + hex);
      assertThat(fingerprint.matches(identity.certificate())).isTrue();
      assertThat(fingerprint.matches(new byte[10])).isFalse();
    }
  }

  @Test
  void whatIsNoFingerprintIsNone() {
    String good = identity.fingerprint().toString();
    assertThat(CertificateFingerprint.parse(good)).hasToString(good);
    assertThat(CertificateFingerprint.parse("")).isNull();
    assertThat(CertificateFingerprint.parse("sha-256")).isNull();
    assertThat(CertificateFingerprint.parse("md5 00:11")).isNull();
    assertThat(CertificateFingerprint.parse(good.replace("sha-256", "sha-512"))).isNull();
    assertThat(CertificateFingerprint.parse(good.replace(':', '-'))).isNull();
    assertThat(CertificateFingerprint.parse(good.substring(0, good.length() - 1))).isNull();
    assertThat(CertificateFingerprint.parse(good + ":00")).isNull();
    assertThat(CertificateFingerprint.parse(good.substring(0, good.length() - 1) + "x")).isNull();
  }
}
