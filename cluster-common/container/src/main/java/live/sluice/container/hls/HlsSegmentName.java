package live.sluice.container.hls;

import org.jspecify.annotations.Nullable;

/**
 * The file name of a segment, {@code <epoch>-<sequence>.ts}. It never repeats: the epoch changes with every publish.
 *
 * @param epoch number of the publish
 * @param sequence media sequence number
 */
public record HlsSegmentName(long epoch, long sequence) {
  private static final String SUFFIX = ".ts";
  private static final int MAX_DIGITS = 18;

  /** Reads what {@link #toString()} writes, null where it is anything else. */
  public static @Nullable HlsSegmentName parse(String name) {
    int dash = name.indexOf('-');
    if (dash < 0 || !name.endsWith(SUFFIX)) {
      return null;
    }
    int end = name.length() - SUFFIX.length();
    if (!isNumber(name, 0, dash) || !isNumber(name, dash + 1, end)) {
      return null;
    }
    return new HlsSegmentName(Long.parseLong(name, 0, dash, 10), Long.parseLong(name, dash + 1, end, 10));
  }

  private static boolean isNumber(String name, int from, int to) {
    if (to - from < 1 || to - from > MAX_DIGITS || (name.charAt(from) == '0' && to - from > 1)) {
      return false;
    }
    for (int i = from; i < to; i++) {
      if (name.charAt(i) < '0' || name.charAt(i) > '9') {
        return false;
      }
    }
    return true;
  }

  @Override
  public String toString() {
    return epoch + "-" + sequence + SUFFIX;
  }
}
