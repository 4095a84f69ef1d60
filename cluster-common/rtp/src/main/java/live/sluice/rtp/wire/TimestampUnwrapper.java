package live.sluice.rtp.wire;

/**
 * Makes 64-bit times of the 32-bit timestamps of one source, in ticks. Each is taken for the nearest to the one
 * before, at most 2^31 away. The first is itself; those that come late may be below 0. Not thread-safe.
 */
public final class TimestampUnwrapper {
  private boolean started;
  private long last;

  /** The time that {@code timestamp} stands for. */
  public long unwrap(int timestamp) {
    if (started) {
      last += timestamp - (int) last;
    } else {
      started = true;
      last = Integer.toUnsignedLong(timestamp);
    }
    return last;
  }
}
