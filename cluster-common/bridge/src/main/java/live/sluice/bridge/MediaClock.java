package live.sluice.bridge;

/**
 * Tells what time of a stream's clock it is now, for sender reports: both tracks' reports must speak of one line
 * between wall clock and media, and that line must not jitter with the frames. It begins with the first frame, follows
 * the publisher's clock by at most one part in a thousand, and begins anew where the two are seconds apart. A source may
 * begin with seconds of its past at once, as a stream that is pulled does: in its first second, a frame that is further
 * than the line moves it at once, since a player that was told of two lines places picture and sound by a line between
 * them, seconds apart. Not thread-safe.
 */
final class MediaClock {
  private static final long NANOS_PER_MS = 1_000_000;
  private static final long APART = 2_000 * NANOS_PER_MS;
  private static final long SLOWEST = 1_000;
  private static final long SMOOTHING = 64;
  private static final long BEGINNING = 1_000 * NANOS_PER_MS;

  private boolean started;
  private boolean sourceChanged = true;
  private long begun;
  /** Of the monotonic clock, where media time 0 lies. */
  private long origin;
  private long last;

  /** The next frame is another source's first one. */
  void sourceChanged() {
    sourceChanged = true;
  }

  /** A frame came. */
  void seen(long mediaMillis, long nowNanos) {
    if (sourceChanged) {
      sourceChanged = false;
      begun = nowNanos;
    }
    long sample = nowNanos - mediaMillis * NANOS_PER_MS;
    long off = sample - origin;
    if (!started || off > APART || off < -APART || (off < 0 && isBeginning(nowNanos))) {
      started = true;
      origin = sample;
    } else {
      long most = Math.max(0, nowNanos - last) / SLOWEST;
      origin += Math.clamp(off / SMOOTHING, -most, most);
    }
    last = nowNanos;
  }

  /** Whether it is the source's first second. */
  boolean isBeginning(long nowNanos) {
    return !sourceChanged && nowNanos - begun < BEGINNING;
  }

  /** The time in us; 0 before the first frame. */
  long micros(long nowNanos) {
    return started ? (nowNanos - origin) / 1_000 : 0;
  }
}
