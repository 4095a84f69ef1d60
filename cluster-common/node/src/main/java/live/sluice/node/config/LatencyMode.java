package live.sluice.node.config;

/** How long frames are gathered before they are written to a player. */
public enum LatencyMode {
  /** At once. */
  REALTIME(0),
  /** 100 ms. */
  BALANCED(100),
  /** 350 ms. */
  THROUGHPUT(350);

  private final int windowMs;

  LatencyMode(int windowMs) {
    this.windowMs = windowMs;
  }

  /** The window in ms. */
  public int windowMs() {
    return windowMs;
  }
}
