package live.sluice.node.config;

/**
 * A size with a unit, such as {@code 16MiB}.
 *
 * @param bytes in bytes
 */
public record DataSize(long bytes) implements OneValue, Comparable<DataSize> {
  private static final String[] UNITS = {"B", "KiB", "MiB", "GiB", "TiB"};

  /** So many KiB. */
  public static DataSize kib(long number) {
    return new DataSize(number << 10);
  }

  /** So many MiB. */
  public static DataSize mib(long number) {
    return new DataSize(number << 20);
  }

  /**
   * Reads what {@link #toString} writes.
   *
   * @throws IllegalArgumentException with what is allowed
   */
  public static DataSize parse(String text) {
    int digits = 0;
    while (digits < text.length() && Character.isDigit(text.charAt(digits))) {
      digits++;
    }
    String unit = text.substring(digits).strip();
    for (int i = 0; i < UNITS.length && digits > 0 && digits <= 15; i++) {
      if (unit.equalsIgnoreCase(UNITS[i])) {
        long number = Long.parseLong(text.substring(0, digits));
        if (number <= Long.MAX_VALUE >> (10 * i)) {
          return new DataSize(number << (10 * i));
        }
      }
    }
    throw new IllegalArgumentException("a size: a whole number with a unit B, KiB, MiB or GiB, such as 16MiB");
  }

  /** The same as an {@code int}, which a key with a bound of 1 GiB and less can be taken for. */
  public int intBytes() {
    return Math.toIntExact(bytes);
  }

  @Override
  public int compareTo(DataSize other) {
    return Long.compare(bytes, other.bytes);
  }

  @Override
  public String toString() {
    int unit = 0;
    long number = bytes;
    while (number != 0 && number % 1024 == 0 && unit < UNITS.length - 1) {
      number /= 1024;
      unit++;
    }
    return number + UNITS[unit];
  }
}
