package live.sluice.rtc.sdp;

import java.util.Locale;
import live.sluice.media.SluiceException;
import org.jspecify.annotations.Nullable;

/**
 * The fingerprint of a certificate; RFC 8122, section 5.
 *
 * @param algorithm in lower case: {@code sha-256}, {@code sha-384} or {@code sha-512}
 * @param value pairs of digits in upper case with colons between them
 */
public record Fingerprint(String algorithm, String value) {

  /** The fingerprint that {@link #text} has written; null if it is none, or its algorithm one that is not taken. */
  public static @Nullable Fingerprint parse(String text) {
    try {
      return of(new SdpAttribute(0, "fingerprint", text));
    } catch (SluiceException e) {
      return null;
    }
  }

  /** As the attribute has it: {@code sha-256 01:02:…}. */
  public String text() {
    return algorithm + ' ' + value;
  }

  /** Reads the value of an attribute; null if the algorithm is one that is not taken. */
  static @Nullable Fingerprint of(SdpAttribute attribute) {
    String text = attribute.value();
    int space = text.indexOf(' ');
    String algorithm = (space < 0 ? text : text.substring(0, space)).toLowerCase(Locale.ROOT);
    int bytes =
        switch (algorithm) {
          case "sha-256" -> 32;
          case "sha-384" -> 48;
          case "sha-512" -> 64;
          default -> 0;
        };
    if (bytes == 0) {
      return null;
    }
    String value = text.substring(space + 1).strip().toUpperCase(Locale.ROOT);
    if (!isHex(value, bytes)) {
      throw Refusal.invalid(attribute.line(), "no fingerprint of " + bytes + " bytes: " + Refusal.quote(text));
    }
    return new Fingerprint(algorithm, value);
  }

  private static boolean isHex(String value, int bytes) {
    if (value.length() != 3 * bytes - 1) {
      return false;
    }
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      boolean right = i % 3 == 2 ? c == ':' : (c >= '0' && c <= '9') || (c >= 'A' && c <= 'F');
      if (!right) {
        return false;
      }
    }
    return true;
  }
}
