package live.sluice.rtmp;

/** Text from outside, fit for a log line. */
final class Shown {
  private static final int MAX = 100;

  private Shown() {}

  /** At most 100 characters, all of them printable ASCII. */
  static String text(String outside) {
    StringBuilder shown = new StringBuilder();
    for (int i = 0; i < Math.min(outside.length(), MAX); i++) {
      char c = outside.charAt(i);
      shown.append(c < 0x20 || c >= 0x7f ? '?' : c);
    }
    return shown.toString();
  }
}
