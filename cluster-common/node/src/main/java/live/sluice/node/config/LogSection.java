package live.sluice.node.config;

/**
 * Logs, on standard output. Every key stands in {@code reference.yaml}.
 *
 * @param format what a line looks like
 * @param level least level that is logged
 */
public record LogSection(
    LogFormat format,
    LogLevel level) {

  /** What holds where the file says nothing. */
  public static LogSection defaults() {
    return new LogSection(LogFormat.AUTO, LogLevel.INFO);
  }
}
