package live.sluice.rtp.receive;

import java.util.Arrays;

/**
 * The rate of something over the last second, in steps of 50 ms; until a second has passed, over the time since the
 * first. Not thread-safe.
 */
public final class RateMeter {
  private static final int STEPS = 20;
  private static final long STEP_NANOS = 50_000_000;
  private static final long WINDOW_NANOS = STEPS * STEP_NANOS;
  private static final long SECOND = 1_000_000_000L;
  private static final long LEAST_NANOS = 4 * STEP_NANOS;

  private final long[] sums = new long[STEPS];
  private boolean started;
  private long firstNanos;
  private long step; // the one that now is in, counted from the first
  private long total;

  /** Bytes of a packet that came now. */
  public void add(long bytes, long nowNanos) {
    moveTo(nowNanos);
    sums[(int) (step % STEPS)] += bytes;
    total += bytes;
  }

  /** Bits per second; 0 until anything came. */
  public long bitsPerSecond(long nowNanos) {
    moveTo(nowNanos);
    long elapsed = nowNanos - firstNanos;
    // Of the step that now is in, only a part has passed.
    long whole = WINDOW_NANOS - STEP_NANOS + elapsed % STEP_NANOS;
    long span = Math.max(Math.min(elapsed, whole), LEAST_NANOS);
    return total * Byte.SIZE * SECOND / span;
  }

  private void moveTo(long nowNanos) {
    if (!started) {
      started = true;
      firstNanos = nowNanos;
    }
    long now = (nowNanos - firstNanos) / STEP_NANOS;
    if (now - step >= STEPS) {
      Arrays.fill(sums, 0);
      total = 0;
      step = now;
    }
    while (step < now) {
      step++;
      int oldest = (int) (step % STEPS);
      total -= sums[oldest];
      sums[oldest] = 0;
    }
  }
}
