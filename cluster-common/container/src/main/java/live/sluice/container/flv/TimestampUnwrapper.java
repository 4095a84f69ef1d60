package live.sluice.container.flv;

/**
 * Makes 64-bit times of the 32-bit timestamps of one RTMP or FLV source: one instance for all its tracks, which may
 * interleave around the wrap (after 49.7 days) in any order. A timestamp is taken for the nearest time to the one
 * before it, at most 2^31 ms away.
 *
 * <p>Encoders stamp configurations and metadata 0 whatever their clock says: a 0 is placed, but does not move the
 * reference. Results may be below 0 when a source goes back from its first timestamp. Not thread-safe.
 */
public final class TimestampUnwrapper {
  private boolean started;
  private long last;

  /** The time that {@code timestamp}, of which the low 32 bits count, stands for. */
  public long unwrap(long timestamp) {
    long low = timestamp & 0xffffffffL;
    if (!started) {
      started = low != 0;
      last = low;
      return low;
    }
    long time = last + (int) (low - last);
    if (low != 0) {
      last = time;
    }
    return time;
  }
}
