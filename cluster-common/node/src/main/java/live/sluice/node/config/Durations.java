package live.sluice.node.config;

import java.time.Duration;

/** Durations with a unit, such as {@code 500ms}. */
final class Durations {
  private static final String[] UNITS = {"h", "m", "s", "ms"};
  private static final long[] MILLIS = {3_600_000, 60_000, 1_000, 1};

  private Durations() {}

  /** Reads what {@link #format} writes; an {@link IllegalArgumentException} says what is allowed. */
  static Duration parse(String text) {
    int digits = 0;
    while (digits < text.length() && Character.isDigit(text.charAt(digits))) {
      digits++;
    }
    String unit = text.substring(digits).strip();
    for (int i = 0; i < UNITS.length && digits > 0 && digits <= 10; i++) {
      if (unit.equals(UNITS[i])) {
        return Duration.ofMillis(Long.parseLong(text.substring(0, digits)) * MILLIS[i]);
      }
    }
    throw new IllegalArgumentException("a duration: a whole number with a unit ms, s, m or h, such as 500ms");
  }

  /** In the greatest unit that leaves a whole number. */
  static String format(Duration duration) {
    long ms = duration.toMillis();
    for (int i = 0; i < UNITS.length && ms > 0; i++) {
      if (ms % MILLIS[i] == 0) {
        return ms / MILLIS[i] + UNITS[i];
      }
    }
    return "0s";
  }
}
