package live.sluice.rtc.sdp;

/** Decimal numbers of a description: digits only, no sign, nothing around them. */
final class Numbers {
  private Numbers() {}

  /** The number, or -1 if it is none or larger than {@code most}. */
  static long parse(String text, long most) {
    if (text.isEmpty() || text.length() > 18) {
      return -1;
    }
    long number = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < '0' || c > '9') {
        return -1;
      }
      number = 10 * number + (c - '0');
    }
    return number <= most ? number : -1;
  }

  /** The number in that line, refused if it is none or larger than {@code most}. */
  static int require(String text, int most, int line, String what) {
    long number = parse(text, most);
    if (number < 0) {
      throw Refusal.invalid(line, "no " + what + ": " + Refusal.quote(text));
    }
    return (int) number;
  }

  /** The SSRC in that line. */
  static int requireSsrc(String text, int line) {
    long number = parse(text, 0xffff_ffffL);
    if (number < 0) {
      throw Refusal.invalid(line, "no SSRC: " + Refusal.quote(text));
    }
    return (int) number;
  }
}
