package live.sluice.node.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.LayoutBase;
import ch.qos.logback.core.encoder.LayoutWrappingEncoder;
import java.io.Console;
import java.nio.charset.StandardCharsets;
import live.sluice.node.config.LogFormat;
import live.sluice.node.config.LogLevel;
import live.sluice.node.config.LogSection;
import org.slf4j.ILoggerFactory;
import org.slf4j.LoggerFactory;

/** Sets up Logback in code: there is nothing in it that a file would have to say. */
public final class Logging {

  private Logging() {}

  /** Logs from now on as configured. */
  public static void apply(LogSection log) {
    ILoggerFactory factory = LoggerFactory.getILoggerFactory();
    if (factory instanceof LoggerContext context) {
      apply(context, wantsJson(log.format()), log.level());
    }
  }

  static void apply(LoggerContext context, boolean json, LogLevel level) {
    context.reset();
    LayoutBase<ILoggingEvent> layout = json ? new JsonLayout() : new TextLayout();
    layout.setContext(context);
    layout.start();
    LayoutWrappingEncoder<ILoggingEvent> encoder = new LayoutWrappingEncoder<>();
    encoder.setContext(context);
    encoder.setCharset(StandardCharsets.UTF_8);
    encoder.setLayout(layout);
    encoder.start();
    ConsoleAppender<ILoggingEvent> console = new ConsoleAppender<>();
    console.setContext(context);
    console.setName("console");
    console.setEncoder(encoder);
    console.start();
    var root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    root.addAppender(console);
    root.setLevel(Level.WARN);
    // Libraries tell what they do at INFO, at length; what they can't do is worth a line.
    context.getLogger("com.hazelcast").setLevel(Level.WARN);
    context.getLogger("io.netty").setLevel(Level.WARN);
    context.getLogger("io.vertx").setLevel(Level.WARN);
    // A connection that comes while Vert.x still opens its port is refused, with a warning that helps nobody.
    context.getLogger("io.netty.bootstrap.ServerBootstrap").setLevel(Level.ERROR);
    // Each of these tells at WARN what the directory tells once, in our words.
    context.getLogger("com.hazelcast.internal.nio").setLevel(Level.ERROR);
    context.getLogger("com.hazelcast.client.impl.connection").setLevel(Level.ERROR);
    context.getLogger("live.sluice").setLevel(Level.toLevel(level.name()));
  }

  private static boolean wantsJson(LogFormat format) {
    return switch (format) {
      case JSON -> true;
      case TEXT -> false;
      case AUTO -> !onTerminal();
    };
  }

  @SuppressWarnings("SystemConsoleNull") // since JDK 25 it is null again where there is no terminal
  private static boolean onTerminal() {
    Console console = System.console();
    return console != null && console.isTerminal();
  }
}
