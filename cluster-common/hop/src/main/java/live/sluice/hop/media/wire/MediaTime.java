package live.sluice.hop.media.wire;

/** Times in datagrams: 24 bits of 64 µs, which come round in 18 minutes, of the writer's monotonic clock. */
public final class MediaTime {
  /** ns in a tick. */
  public static final long TICK_NANOS = 64_000;

  private static final int MASK = 0xff_ffff;

  private MediaTime() {}

  /** The time of a monotonic clock in ns. */
  public static int of(long nanos) {
    return (int) Math.floorDiv(nanos, TICK_NANOS) & MASK;
  }

  /** How many ticks {@code later} is after {@code earlier}; negative where it is before. */
  public static int difference(int later, int earlier) {
    return (later - earlier) << 8 >> 8;
  }

  /** The low 24 bits, as they are written. */
  public static int wrap(int ticks) {
    return ticks & MASK;
  }
}
