package live.sluice.rtp.rtcp;

/**
 * NTP timestamps: 32 bits of seconds since 1900 and 32 of their fraction, in a long; RFC 3550, section 4. Their
 * seconds wrap in 2036: those with the highest bit unset are taken for later than that (RFC 4330, section 3).
 */
public final class Ntp {
  private static final long SECONDS_TO_1970 = 2_208_988_800L;
  private static final long SECONDS_OF_AN_ERA = 1L << 32;
  private static final long NANOS = 1_000_000_000L;
  private static final long MILLIS = 1_000;
  private static final int MIDDLE_FRACTION_BITS = 16;

  private Ntp() {}

  /** That of a wall clock in ms since 1970. */
  public static long ofWallMillis(long millis) {
    return of(Math.floorDiv(millis, MILLIS), Math.floorMod(millis, MILLIS) * (NANOS / MILLIS));
  }

  /** That of a wall clock in ns since 1970. */
  public static long ofWallNanos(long nanos) {
    return of(Math.floorDiv(nanos, NANOS), Math.floorMod(nanos, NANOS));
  }

  private static long of(long seconds, long nanos) {
    // Rounded up, so that the way back cuts off to the same time.
    long fraction = ((nanos << 32) + NANOS - 1) / NANOS;
    return ((seconds + SECONDS_TO_1970) << 32) + fraction;
  }

  /** The wall clock of one in ms since 1970, cut off. */
  public static long toWallMillis(long ntp) {
    return seconds(ntp) * MILLIS + (((ntp & 0xffffffffL) * MILLIS) >>> 32);
  }

  /** The wall clock of one in ns since 1970, cut off. */
  public static long toWallNanos(long ntp) {
    return seconds(ntp) * NANOS + (((ntp & 0xffffffffL) * NANOS) >>> 32);
  }

  private static long seconds(long ntp) {
    long era = ntp < 0 ? 0 : SECONDS_OF_AN_ERA;
    return (ntp >>> 32) + era - SECONDS_TO_1970;
  }

  /** Its middle 32 bits: 16 of seconds, 16 of their fraction; what reports speak of. */
  public static int middle(long ntp) {
    return (int) (ntp >>> MIDDLE_FRACTION_BITS);
  }

  /** A delay in ns in units of 1/65536 s, 32 bits without sign; less than none is none, too long is the longest. */
  public static int delay(long nanos) {
    long whole = nanos / NANOS;
    if (nanos <= 0) {
      return 0;
    }
    if (whole > 0xffff) {
      return -1;
    }
    return (int) ((whole << MIDDLE_FRACTION_BITS) + ((nanos % NANOS) << MIDDLE_FRACTION_BITS) / NANOS);
  }

  /** A delay in units of 1/65536 s, 32 bits without sign, in ns. */
  public static long delayNanos(int delay) {
    return (Integer.toUnsignedLong(delay) * NANOS) >>> MIDDLE_FRACTION_BITS;
  }
}
