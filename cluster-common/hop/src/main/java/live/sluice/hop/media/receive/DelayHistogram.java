package live.sluice.hop.media.receive;

import java.util.Arrays;

/**
 * Delays of the last five to ten seconds: buckets of a millisecond up to 32 ms, and from there on of an eighth of what
 * they are, up to two seconds. A quantile is told as its bucket's upper end.
 */
final class DelayHistogram {
  private static final long WINDOW_NANOS = 5_000_000_000L;
  private static final long MS = 1_000_000;
  private static final int FINE = 32;
  private static final int PER_DOUBLING = 8;
  private static final int DOUBLINGS = 6;
  private static final int BUCKETS = FINE + DOUBLINGS * PER_DOUBLING;

  private int[] current = new int[BUCKETS];
  private int[] before = new int[BUCKETS];
  private long windowStart;
  private boolean started;

  void add(long nanos, long now) {
    if (!started) {
      started = true;
      windowStart = now;
    }
    moveTo(now);
    current[bucket(nanos / MS)]++;
  }

  private void moveTo(long now) {
    if (now - windowStart < WINDOW_NANOS) {
      return;
    }
    int[] oldest = before;
    before = current;
    current = oldest;
    Arrays.fill(current, 0);
    if (now - windowStart >= 2 * WINDOW_NANOS) {
      Arrays.fill(before, 0);
    }
    windowStart = now;
  }

  /** In ns; 0 where there are none. */
  long quantile(double share, long now) {
    moveTo(now);
    long all = 0;
    for (int i = 0; i < BUCKETS; i++) {
      all += current[i] + before[i];
    }
    long below = (long) Math.ceil(share * all);
    for (int i = 0; i < BUCKETS && below > 0; i++) {
      below -= current[i] + before[i];
      if (below <= 0) {
        return upperEnd(i) * MS;
      }
    }
    return 0;
  }

  private static int bucket(long ms) {
    if (ms < FINE) {
      return (int) Math.max(0, ms);
    }
    int doubling = Long.SIZE - 1 - Long.numberOfLeadingZeros(ms / FINE);
    if (doubling >= DOUBLINGS) {
      return BUCKETS - 1;
    }
    long start = (long) FINE << doubling;
    return FINE + doubling * PER_DOUBLING + (int) ((ms - start) * PER_DOUBLING / start);
  }

  private static long upperEnd(int bucket) {
    if (bucket < FINE) {
      return bucket + 1L;
    }
    long start = (long) FINE << ((bucket - FINE) / PER_DOUBLING);
    return start + start / PER_DOUBLING * ((bucket - FINE) % PER_DOUBLING + 1);
  }
}
