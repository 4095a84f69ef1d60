package live.sluice.node.config;

/** What a log line looks like. */
public enum LogFormat {
  /** Text on a terminal, else JSON. */
  AUTO,
  /** For people. */
  TEXT,
  /** One JSON object a line. */
  JSON
}
