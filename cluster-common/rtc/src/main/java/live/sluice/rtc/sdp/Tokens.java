package live.sluice.rtc.sdp;

/** Words of SDP's grammar; RFC 8866, section 9, and RFC 8839, section 5. */
final class Tokens {
  private static final String TOKEN_SIGNS = "!#$%&'*+-.^_`{|}~";

  private Tokens() {}

  /** Whether it is a word without spaces and separators. */
  static boolean isToken(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (!isAlphanumeric(c) && TOKEN_SIGNS.indexOf(c) < 0) {
        return false;
      }
    }
    return !text.isEmpty();
  }

  /**
   * Whether it is a word of ICE, as user fragments and passwords are, of so many characters. The other alphabet of
   * Base64, which some write, does no harm.
   */
  static boolean isIceWord(String text, int least, int most) {
    if (text.length() < least || text.length() > most) {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (!isAlphanumeric(c) && "+/-_=".indexOf(c) < 0) {
        return false;
      }
    }
    return true;
  }

  /** Whether it names a simulcast layer; RFC 8851, section 10. */
  static boolean isRid(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (!isAlphanumeric(c) && c != '-' && c != '_') {
        return false;
      }
    }
    return !text.isEmpty();
  }

  private static boolean isAlphanumeric(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
  }
}
