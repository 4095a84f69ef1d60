package live.sluice.node.web;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads the Accept-Encoding header, RFC 9110, 12.5.3. */
final class AcceptEncoding {
  private AcceptEncoding() {}

  /** Whether gzip is among the codings that are taken, and not with a weight of 0. */
  static boolean takesGzip(@Nullable String header) {
    if (header == null) {
      return false;
    }
    boolean any = false;
    int start = 0;
    while (start <= header.length()) {
      int comma = header.indexOf(',', start);
      int end = comma < 0 ? header.length() : comma;
      String item = header.substring(start, end).strip().toLowerCase(Locale.ROOT);
      int semicolon = item.indexOf(';');
      String coding = semicolon < 0 ? item : item.substring(0, semicolon).strip();
      boolean taken = semicolon < 0 || !isZero(item.substring(semicolon + 1));
      if (coding.equals("gzip") || coding.equals("x-gzip")) {
        return taken;
      }
      any |= coding.equals("*") && taken;
      start = end + 1;
    }
    return any;
  }

  /** A weight has at most three decimals: 0, 0.0, 0.00 and 0.000 are all of it. */
  private static boolean isZero(String parameter) {
    String text = parameter.strip();
    if (!text.startsWith("q=")) {
      return false;
    }
    String weight = text.substring(2).strip();
    return switch (weight) {
      case "0", "0.", "0.0", "0.00", "0.000" -> true;
      default -> false;
    };
  }
}
