package live.sluice.media;

/**
 * Moves the clocks of a stream's sources, one after the other, onto one clock that never goes back. The first source's
 * times are kept as they are; a later source goes on where the one before it ended, and so does a source whose own
 * clock jumps. Times are in ms and 64 bits wide: who reads 32-bit times undoes their wraps first.
 *
 * <p>All tracks of a source share one offset, so that sound and picture stay together. Owned by the stream's loop.
 */
final class Timeline {
  /** A step forward beyond this is a jump of the source's clock, not a pause. */
  static final long MAX_STEP_AHEAD_MS = 10_000;

  /** A step back beyond this is a jump too; a smaller one is disorder, and is flattened. */
  static final long MAX_STEP_BACK_MS = 3_000;

  /** What lies between the last frame before a discontinuity and the first one after it: a frame at 25 a second. */
  static final long SEAM_MS = 40;

  private final long[] last = new long[MediaKind.values().length];
  private final boolean[] seen = new boolean[MediaKind.values().length];
  private long offset;
  private long newest;
  private boolean started;
  private boolean sourceChanged;
  private boolean jumped;

  /** The next frame is of another source. */
  void sourceChanged() {
    sourceChanged = true;
  }

  /**
   * Moves a frame of the source onto the stream's clock. What has no place of its own on the line stands where the line
   * has come to: encoders stamp configurations and script data 0, or with the time at which the stream began, so that
   * they must not move the clock.
   */
  void place(Frame frame) {
    if (frame.config() || frame.kind() == MediaKind.DATA) {
      frame.restamp(standing(), false);
    } else {
      frame.restamp(map(frame.kind(), frame.dts()), jumped());
    }
  }

  /** The time on the stream's clock for a frame of the source's time {@code raw}. */
  long map(MediaKind kind, long raw) {
    jumped = false;
    if (!started) {
      started = true;
      newest = raw;
    } else if (sourceChanged || outOfRange(raw + offset)) {
      offset = newest + SEAM_MS - raw;
      jumped = true;
    }
    sourceChanged = false;
    long out = raw + offset;
    int k = kind.ordinal();
    if (seen[k] && out < last[k]) {
      out = last[k];
    }
    seen[k] = true;
    last[k] = out;
    newest = Math.max(newest, out);
    return out;
  }

  /** The time for what has no place of its own on the line. */
  long standing() {
    return started ? newest : 0;
  }

  /** Whether the last {@link #map} began anew after another source or a jump. */
  boolean jumped() {
    return jumped;
  }

  private boolean outOfRange(long out) {
    return out - newest > MAX_STEP_AHEAD_MS || newest - out > MAX_STEP_BACK_MS;
  }
}
