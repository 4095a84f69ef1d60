package live.sluice.rtc.ice;

import java.security.SecureRandom;

/**
 * Name and password of one side of an ICE session; RFC 8445, section 5.3.
 *
 * @param ufrag the name: 4 to 256 letters, digits, plus and slash
 * @param pwd the password: 22 to 256 of them
 */
public record IceCredentials(String ufrag, String pwd) {
  private static final int UFRAG_CHARS = 8;
  private static final int PWD_CHARS = 24;
  private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  private static final SecureRandom RANDOM = new SecureRandom();

  /** New ones that can't be guessed: 48 bits of name, 144 of password. Any thread. */
  public static IceCredentials random() {
    return new IceCredentials(text(UFRAG_CHARS), text(PWD_CHARS));
  }

  /** Whether both parts keep to the grammar of RFC 8839, section 5.4; what a peer sends may not. */
  public boolean valid() {
    return valid(ufrag, 4) && valid(pwd, 22);
  }

  /** The password is no text for logs. */
  @Override
  public String toString() {
    return "IceCredentials[" + ufrag + "]";
  }

  private static boolean valid(String text, int least) {
    if (text.length() < least || text.length() > 256) {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      if (ALPHABET.indexOf(text.charAt(i)) < 0) {
        return false;
      }
    }
    return true;
  }

  private static String text(int chars) {
    byte[] random = new byte[chars];
    RANDOM.nextBytes(random);
    StringBuilder text = new StringBuilder(chars);
    for (byte b : random) {
      text.append(ALPHABET.charAt(b & 63));
    }
    return text.toString();
  }
}
