package live.sluice.node.config;

/** How much is logged. */
public enum LogLevel {
  /** What failed and needs somebody. */
  ERROR,
  /** What failed and was lived with. */
  WARN,
  /** What happened. */
  INFO,
  /** What was decided on the way. */
  DEBUG,
  /** Everything. */
  TRACE
}
