package live.sluice.rtp.wire;

/**
 * Makes 64-bit numbers of the 16-bit sequence numbers of one source. Each is taken for the nearest to the one before,
 * at most 2^15 away. The first is itself; those that come late may be below 0. Not thread-safe.
 */
public final class SequenceUnwrapper {
  private boolean started;
  private long last;

  /** The number that {@code sequence}, of which the low 16 bits count, stands for. */
  public long unwrap(int sequence) {
    if (started) {
      last += (short) (sequence - (int) last);
    } else {
      started = true;
      last = sequence & 0xffff;
    }
    return last;
  }
}
