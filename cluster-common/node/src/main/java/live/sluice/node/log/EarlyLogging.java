package live.sluice.node.log;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.core.spi.ContextAwareBase;
import live.sluice.node.config.LogLevel;

/** Found by Logback at its start: what holds until the configuration is read. */
public final class EarlyLogging extends ContextAwareBase implements Configurator {

  /** For Logback. */
  public EarlyLogging() {}

  @Override
  public ExecutionStatus configure(LoggerContext context) {
    Logging.apply(context, false, LogLevel.INFO);
    return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
  }
}
