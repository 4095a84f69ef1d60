package live.sluice.rtp.send;

/**
 * How much may be sent to one player now: a bucket of bytes, filled at a multiple of the estimated bandwidth. An
 * ordinary picture goes at once; a keyframe is spread, so that it neither overruns the queue of the narrowest link nor
 * hides the next sound behind it. A queue never waits longer than a bound, whatever the estimate: a relay can't make
 * its publisher send less. Sound, and what was lost and is sent again, goes first and does not ask; it is only counted.
 * Not thread-safe, without timers.
 */
public final class Pacer {
  /** Bytes that may always go at once: as many segments as one send has. */
  public static final int BURST = 16 * 1_250;

  private static final double NANOS = 1e9;

  private final double factor;
  private final double mostQueueSeconds;
  private double tokens = BURST;
  private long filled;
  private boolean started;
  /** In bytes a second, as it was asked for last. */
  private double rate;

  /** What the queue, at its longest since it was last empty, asks for, in bytes a second. */
  private double drain;

  /** Two and a half times the estimate, as browsers do, and 60 ms in the queue at most. */
  public Pacer() {
    this(2.5, 60);
  }

  /**
   * A pacer of other figures.
   *
   * @param factor how many times the estimated bandwidth is sent at
   * @param mostQueueMillis how long something queued may wait, in ms
   */
  public Pacer(double factor, int mostQueueMillis) {
    this.factor = factor;
    this.mostQueueSeconds = mostQueueMillis / 1000.0;
  }

  /**
   * How many bytes may go now; what is a packet's rest may go with its beginning. 0 for none.
   *
   * @param queuedBytes what waits, paced packets only
   * @param bitsPerSecond the estimated bandwidth
   * @param nowNanos the monotonic clock, in ns
   */
  public int allowance(int queuedBytes, long bitsPerSecond, long nowNanos) {
    double elapsed = started ? Math.max(0, nowNanos - filled) / NANOS : 0;
    filled = nowNanos;
    started = true;
    drain = Math.max(drain, queuedBytes / mostQueueSeconds);
    rate = Math.max(1, Math.max(factor * bitsPerSecond / 8, drain));
    tokens = Math.min(BURST, tokens + rate * elapsed);
    int allowed = (int) Math.max(0, Math.min(queuedBytes, tokens));
    if (allowed == queuedBytes) {
      drain = 0;
    }
    return allowed;
  }

  /** Counts what was sent, paced or not. */
  public void onSent(int bytes) {
    // A debt of more than a burst would hold pictures back for sound's sake.
    tokens = Math.max(-BURST, tokens - bytes);
  }

  /** After how many ns a full packet may go, by the last {@link #allowance}; 0 where one may go now. */
  public long nanosToNext() {
    double missing = Math.min(1_250, BURST) - tokens;
    return missing <= 0 || rate == 0 ? 0 : (long) (missing / rate * NANOS);
  }
}
