package live.sluice.hop.media.send;

/** How much may leave now while there is congestion: as many bytes as the estimate gives, in small bursts. */
final class TokenBucket {
  private static final long NANOS = 1_000_000_000;
  /** A burst is what is sent in that time, so that a tick that is late loses nothing. */
  private static final double BURST_SECONDS = 0.015;

  private static final int LEAST_BURST = 2_400;

  private double tokens;
  private long filledAt;

  /** Begins empty: what was sent before is what congested the path. */
  void start(long now) {
    tokens = 0;
    filledAt = now;
  }

  /** Whether something may leave; what is too large for the rest borrows. */
  boolean has(long bitsPerSecond, long now) {
    double bytesPerSecond = bitsPerSecond / 8.0;
    double burst = Math.max(LEAST_BURST, BURST_SECONDS * bytesPerSecond);
    tokens = Math.min(burst, tokens + Math.max(0, now - filledAt) * bytesPerSecond / NANOS);
    filledAt = now;
    return tokens > 0;
  }

  /** Counts what left, whether it asked or not. */
  void take(int bytes) {
    // Sound does not ask: its debt must not hold pictures back for long.
    tokens = Math.max(-2 * LEAST_BURST, tokens - bytes);
  }
}
