package live.sluice.node.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxy;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.LayoutBase;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import live.sluice.media.ErrorCode;
import live.sluice.media.SluiceException;
import org.slf4j.event.KeyValuePair;

/** One JSON object a line. The key-value pairs of an event are members beside {@code time} and {@code message}. */
final class JsonLayout extends LayoutBase<ILoggingEvent> {
  private static final Set<String> OWN = Set.of("time", "level", "area", "message", "thread", "error", "stack");

  @Override
  public String doLayout(ILoggingEvent event) {
    StringBuilder line = new StringBuilder(256);
    line.append("{\"time\":\"").append(Instant.ofEpochMilli(event.getTimeStamp())).append('"');
    member("level", event.getLevel().toString(), line);
    member("area", LogEvents.area(event.getLoggerName()), line);
    member("message", event.getFormattedMessage(), line);
    List<KeyValuePair> pairs = event.getKeyValuePairs();
    if (pairs != null) {
      for (KeyValuePair pair : pairs) {
        String name = OWN.contains(pair.key) ? pair.key + '_' : pair.key;
        if (pair.value instanceof Number || pair.value instanceof Boolean) {
          name(name, line);
          line.append(pair.value);
        } else if (!LogEvents.text(pair.value).isEmpty()) {
          member(name, LogEvents.text(pair.value), line);
        }
      }
    }
    member("thread", event.getThreadName(), line);
    if (event.getThrowableProxy() instanceof ThrowableProxy failure) {
      member("error", SluiceException.chainOf(failure.getThrowable()), line);
      if (event.getLevel().isGreaterOrEqual(Level.ERROR)
          || SluiceException.codeOf(failure.getThrowable()) == ErrorCode.INTERNAL) {
        member("stack", ThrowableProxyUtil.asString(failure), line);
      }
    }
    return line.append("}\n").toString();
  }

  private static void name(String name, StringBuilder line) {
    line.append(',');
    string(name, line);
    line.append(':');
  }

  private static void member(String name, String value, StringBuilder line) {
    name(name, line);
    string(value, line);
  }

  private static void string(String text, StringBuilder line) {
    line.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"' -> line.append("\\\"");
        case '\\' -> line.append("\\\\");
        case '\n' -> line.append("\\n");
        case '\t' -> line.append("\\t");
        case '\r' -> line.append("\\r");
        default -> {
          if (c < 0x20 || Character.isSurrogate(c) || c == 0x7f) {
            line.append("\\u").append(String.format("%04x", (int) c));
          } else {
            line.append(c);
          }
        }
      }
    }
    line.append('"');
  }
}
