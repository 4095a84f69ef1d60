package live.sluice.hop.media.send;

import live.sluice.hop.media.wire.MediaTime;

/** How much arrives at the other side: from the bytes that its reports count, over the last six of them or so. */
final class ArrivingRate {
  private static final int REPORTS = 8;
  private static final int SPAN = 6;
  /** No path of ours carries more in the time of {@value #SPAN} reports: a counter that says so is none of ours. */
  private static final long MOST_BYTES = 1L << 30;

  private final int[] times = new int[REPORTS];
  private final int[] bytes = new int[REPORTS];
  private int reports;

  void add(int time, int totalBytes) {
    times[reports % REPORTS] = time;
    bytes[reports % REPORTS] = totalBytes;
    reports++;
    if (reports == Integer.MAX_VALUE) {
      reports = 0;
    }
  }

  /** In bits a second; 0 where it is not known yet. */
  long bitsPerSecond() {
    int span = Math.min(SPAN, reports - 1);
    if (span < 1) {
      return 0;
    }
    int last = (reports - 1) % REPORTS;
    int first = (reports - 1 - span) % REPORTS;
    long nanos = MediaTime.difference(times[last], times[first]) * MediaTime.TICK_NANOS;
    long arrived = Integer.toUnsignedLong(bytes[last] - bytes[first]);
    return nanos <= 0 || arrived > MOST_BYTES ? 0 : arrived * Byte.SIZE * 1_000_000_000L / nanos;
  }
}
