package live.sluice.rtc.dtls;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Digest of a certificate, as {@code a=fingerprint} tells it; RFC 8122, section 5. Immutable. */
public final class CertificateFingerprint {
  private static final HexFormat HEX = HexFormat.ofDelimiter(":").withUpperCase();

  private final String algorithm;
  private final byte[] digest;

  private CertificateFingerprint(String algorithm, byte[] digest) {
    this.algorithm = algorithm;
    this.digest = digest;
  }

  /** Of a certificate in DER, by SHA-256. */
  public static CertificateFingerprint of(byte[] certificate) {
    return new CertificateFingerprint("sha-256", digest("SHA-256", certificate));
  }

  /**
   * Reads {@code sha-256 AB:CD:…}, the value of the attribute; SHA-1, 384 and 512 too.
   *
   * @return null for anything else
   */
  public static @Nullable CertificateFingerprint parse(String text) {
    int space = text.indexOf(' ');
    if (space < 0 || text.length() > 256) {
      return null;
    }
    String algorithm = text.substring(0, space).toLowerCase(Locale.ROOT);
    int bytes = bytesOf(algorithm);
    String hex = text.substring(space + 1).strip();
    if (bytes == 0 || hex.length() != 3 * bytes - 1) {
      return null;
    }
    try {
      return new CertificateFingerprint(algorithm, HexFormat.ofDelimiter(":").parseHex(hex));
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  /** Whether it is the digest of that certificate, in DER. */
  public boolean matches(byte[] certificate) {
    return MessageDigest.isEqual(digest, digest(algorithm.toUpperCase(Locale.ROOT), certificate));
  }

  /** {@code sha-256 AB:CD:…}. */
  @Override
  public String toString() {
    return algorithm + " " + HEX.formatHex(digest);
  }

  private static int bytesOf(String algorithm) {
    return switch (algorithm) {
      case "sha-1" -> 20;
      case "sha-256" -> 32;
      case "sha-384" -> 48;
      case "sha-512" -> 64;
      default -> 0;
    };
  }

  private static byte[] digest(String algorithm, byte[] bytes) {
    try {
      return MessageDigest.getInstance(algorithm).digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has " + algorithm, e);
    }
  }
}
