package live.sluice.node.log;

import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What both layouts need. */
final class LogEvents {
  private static final String OURS = "live.sluice.";

  private LogEvents() {}

  /** {@code rtmp} for {@code live.sluice.rtmp.Server}, {@code hazelcast} for {@code com.hazelcast.X}. */
  static String area(String logger) {
    int start = logger.startsWith(OURS) ? OURS.length() : logger.indexOf('.') + 1;
    int end = logger.indexOf('.', start);
    return end < 0 ? logger.substring(start) : logger.substring(start, end);
  }

  /** A fact as text; empty where there is nothing to tell. */
  static String text(@Nullable Object value) {
    return switch (value) {
      case null -> "";
      case Duration duration -> duration.toString().substring(2).toLowerCase(Locale.ROOT);
      default -> value.toString();
    };
  }

  /** Appends text without line breaks and control characters: a client must not be able to forge a line. */
  static void clean(String text, StringBuilder to) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\n') {
        to.append("; ");
      } else if (Character.isISOControl(c)) {
        to.append('?');
      } else {
        to.append(c);
      }
    }
  }
}
