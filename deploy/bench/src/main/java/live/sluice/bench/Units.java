package live.sluice.bench;

import java.time.Duration;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.TypeConversionException;

/** Quantities as they are written on a command line: {@code 500ms}, {@code 20s}, {@code 2m}; {@code 800k}, {@code 1M}. */
public final class Units {
  private static final Pattern DURATION = Pattern.compile("(\\d+(?:\\.\\d+)?)(ms|s|m|h)?");
  private static final Pattern RATE = Pattern.compile("(\\d+(?:\\.\\d+)?)([kmg]?)(?:b|bps|bit/s|b/s)?");

  private Units() {}

  /** A time; without a unit, seconds. */
  public static Duration duration(String text) {
    Matcher matcher = DURATION.matcher(text.trim().toLowerCase(Locale.ROOT));
    if (!matcher.matches()) {
      throw new TypeConversionException("'" + text + "' is no time: write 500ms, 20s or 2m");
    }
    double seconds =
        Double.parseDouble(matcher.group(1))
            * switch (matcher.group(2) == null ? "s" : matcher.group(2)) {
              case "ms" -> 0.001;
              case "m" -> 60;
              case "h" -> 3600;
              default -> 1;
            };
    return Duration.ofMillis(Math.round(seconds * 1000));
  }

  /** Bits a second; k, M and G are powers of 1,000. */
  public static long bitrate(String text) {
    Matcher matcher = RATE.matcher(text.trim().toLowerCase(Locale.ROOT));
    if (!matcher.matches()) {
      throw new TypeConversionException("'" + text + "' is no bit rate: write 800k or 1M");
    }
    return Math.round(
        Double.parseDouble(matcher.group(1))
            * switch (matcher.group(2)) {
              case "k" -> 1e3;
              case "m" -> 1e6;
              case "g" -> 1e9;
              default -> 1;
            });
  }
}
