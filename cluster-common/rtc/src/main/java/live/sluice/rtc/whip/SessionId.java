package live.sluice.rtc.whip;

import java.security.SecureRandom;
import java.util.HexFormat;

/** Names of sessions in URLs: 128 bits that can't be guessed, as 32 hexadecimal digits. */
public final class SessionId {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int BYTES = 16;

  private SessionId() {}

  /** A new one. Thread-safe. */
  public static String next() {
    byte[] bytes = new byte[BYTES];
    RANDOM.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  /** Whether {@code text} has the form of one. */
  public static boolean isOne(String text) {
    if (text.length() != 2 * BYTES) {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (!((c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'))) {
        return false;
      }
    }
    return true;
  }
}
