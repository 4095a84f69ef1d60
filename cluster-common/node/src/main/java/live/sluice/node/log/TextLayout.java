package live.sluice.node.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxy;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.LayoutBase;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import live.sluice.media.SluiceException;
import org.slf4j.event.KeyValuePair;

/**
 * {@code 12:03:11.123 INFO  rtmp      publishing  session=ab12cd34 stream=live/x}. A failure stands at the end of the
 * line with its causes; only an error has its stack trace below, since it is a defect.
 */
final class TextLayout extends LayoutBase<ILoggingEvent> {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("HH:mm:ss.SSS").withZone(ZoneId.systemDefault());

  @Override
  public String doLayout(ILoggingEvent event) {
    StringBuilder line = new StringBuilder(160);
    TIME.formatTo(Instant.ofEpochMilli(event.getTimeStamp()), line);
    line.append(' ').append(event.getLevel());
    pad(line, 19);
    line.append(LogEvents.area(event.getLoggerName()));
    pad(line, 28);
    LogEvents.clean(event.getFormattedMessage(), line);
    List<KeyValuePair> pairs = event.getKeyValuePairs();
    if (pairs != null && !pairs.isEmpty()) {
      line.append(' ');
      for (KeyValuePair pair : pairs) {
        String text = LogEvents.text(pair.value);
        if (!text.isEmpty()) {
          line.append(' ').append(pair.key).append('=');
          value(text, line);
        }
      }
    }
    if (event.getThrowableProxy() instanceof ThrowableProxy failure) {
      line.append(": ");
      LogEvents.clean(SluiceException.chainOf(failure.getThrowable()), line);
      if (event.getLevel().isGreaterOrEqual(Level.ERROR)) {
        line.append('\n').append(ThrowableProxyUtil.asString(failure).stripTrailing());
      }
    }
    return line.append('\n').toString();
  }

  private static void value(String text, StringBuilder line) {
    boolean quoted = text.indexOf(' ') >= 0;
    if (quoted) {
      line.append('"');
    }
    LogEvents.clean(text, line);
    if (quoted) {
      line.append('"');
    }
  }

  private static void pad(StringBuilder line, int column) {
    do {
      line.append(' ');
    } while (line.length() < column);
  }
}
