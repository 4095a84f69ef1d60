package live.sluice.hop.media.send;

import live.sluice.hop.media.wire.MediaTime;

/**
 * What the path's queues add to its delay: the least transit of each report above the least of the last ten seconds or
 * more. The least, as one packet that found the queue empty shows that jitter and bursts are all that delayed the others.
 * Two clocks that drift apart by 50 ppm make half a millisecond in that time.
 */
final class QueueingDelay {
  private static final long WINDOW_NANOS = 10_000_000_000L;
  private static final long LEAST_THRESHOLD = 12_000_000;
  private static final long MOST_THRESHOLD = 30_000_000;
  /** Clocks don't jump, but 24 bits come round: what is further off is not compared. */
  private static final int JUMP_TICKS = 1 << 21;

  /** A queue that grows past the threshold goes on growing, by more than that from report to report. */
  private static final long FLAT_NANOS = 4_000_000;

  private boolean started;
  private int reference;
  private long windowStart;
  private int least;
  private int leastBefore;
  private long nanos;
  private long mostNanos;
  private long before;
  private double deviation;
  private long leastWhenHigh;
  private long mostWhenHigh;

  /** Takes a report's least and most transit, 24 bits in ticks of 64 µs. */
  void add(int transit, int mostTransit, long now) {
    int ticks = MediaTime.difference(transit, reference);
    if (!started || Math.abs(ticks) > JUMP_TICKS) {
      restart(transit, now);
      return;
    }
    if (now - windowStart >= WINDOW_NANOS) {
      windowStart = now;
      leastBefore = least;
      least = ticks;
    }
    least = Math.min(least, ticks);
    before = nanos;
    nanos = (ticks - Math.min(least, leastBefore)) * MediaTime.TICK_NANOS;
    boolean begins = before <= threshold();
    leastWhenHigh = begins ? nanos : Math.min(leastWhenHigh, nanos);
    mostWhenHigh = begins ? nanos : Math.max(mostWhenHigh, nanos);
    mostNanos = nanos + Math.max(0, MediaTime.difference(mostTransit, transit)) * MediaTime.TICK_NANOS;
    deviation += 0.05 * (Math.abs(nanos - before) - deviation);
  }

  private void restart(int transit, long now) {
    started = true;
    reference = transit;
    windowStart = now;
    least = 0;
    leastBefore = 0;
    nanos = 0;
    mostNanos = 0;
    before = 0;
  }

  /** Takes what there is now for the path's own delay: it has become longer. */
  void rebase(long now) {
    if (started) {
      restart(MediaTime.wrap(reference + (int) (nanos / MediaTime.TICK_NANOS) + Math.min(least, leastBefore)), now);
    }
  }

  /** In ns. */
  long nanos() {
    return nanos;
  }

  /** What delayed the slowest packet of the last report, in ns. */
  long mostNanos() {
    return mostNanos;
  }

  /** Above what a queue is thought to build up, in ns: more where delays vary much. */
  long threshold() {
    return (long) Math.clamp(4 * deviation, LEAST_THRESHOLD, MOST_THRESHOLD);
  }

  boolean isHigh() {
    return nanos > threshold();
  }

  /** Whether it has been the same in all reports since it became high: it did not build up, the path became longer. */
  boolean isStep() {
    return isHigh() && mostWhenHigh - leastWhenHigh <= FLAT_NANOS;
  }

  /** Whether it got clearly less since the report before. */
  boolean isFalling() {
    return nanos < before - 2_000_000;
  }
}
