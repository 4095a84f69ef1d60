package live.sluice.rtp.wire;

/**
 * The time of sending as the extension abs-send-time has it: 24 bits of seconds with 18 of them behind the point, so
 * that it wraps every 64 s. Any clock will do: only differences count.
 */
public final class AbsSendTime {
  /** Bytes of it. */
  public static final int BYTES = 3;

  private static final long SECOND = 1_000_000_000L;
  private static final long WRAP = 64 * SECOND;
  private static final int FRACTION_BITS = 18;

  private AbsSendTime() {}

  /** That of a time in ns. */
  public static int of(long nanos) {
    return (int) ((Math.floorMod(nanos, WRAP) << FRACTION_BITS) / SECOND);
  }

  /** Time from {@code earlier} to {@code later} in ns, at most 32 s either way. */
  public static long nanosBetween(int earlier, int later) {
    int difference = (later - earlier) << 8 >> 8; // 24 bits with their sign
    return (difference * SECOND) >> FRACTION_BITS;
  }
}
