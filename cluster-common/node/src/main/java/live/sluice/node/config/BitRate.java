package live.sluice.node.config;

/**
 * A bit rate with a unit, such as {@code 8Mbps}; a thousand bit are a kilobit.
 *
 * @param bitsPerSecond in bit/s
 */
public record BitRate(long bitsPerSecond) implements OneValue, Comparable<BitRate> {
  private static final String[] UNITS = {"bps", "kbps", "Mbps", "Gbps"};
  private static final int MAX_DIGITS = 9;

  /** So many Mbit/s. */
  public static BitRate mbps(long number) {
    return new BitRate(number * 1_000_000);
  }

  /**
   * Reads what {@link #toString} writes.
   *
   * @throws IllegalArgumentException with what is allowed
   */
  public static BitRate parse(String text) {
    int digits = 0;
    while (digits < text.length() && text.charAt(digits) >= '0' && text.charAt(digits) <= '9') {
      digits++;
    }
    String unit = text.substring(digits).strip();
    long factor = 1;
    for (String known : UNITS) {
      if (unit.equalsIgnoreCase(known) && digits > 0 && digits <= MAX_DIGITS) {
        return new BitRate(Long.parseLong(text.substring(0, digits)) * factor);
      }
      factor *= 1_000;
    }
    throw new IllegalArgumentException("a bit rate: a whole number with a unit bps, kbps, Mbps or Gbps, such as 8Mbps");
  }

  @Override
  public int compareTo(BitRate other) {
    return Long.compare(bitsPerSecond, other.bitsPerSecond);
  }

  @Override
  public String toString() {
    int unit = 0;
    long number = bitsPerSecond;
    while (number != 0 && number % 1_000 == 0 && unit < UNITS.length - 1) {
      number /= 1_000;
      unit++;
    }
    return number + UNITS[unit];
  }
}
