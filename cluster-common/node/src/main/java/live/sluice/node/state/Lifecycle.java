package live.sluice.node.state;

import java.util.Locale;

/** Where a node is in its life; it only ever goes on to a later one. */
public enum Lifecycle {
  /** Opens its ports and joins its cluster. */
  STARTING,
  /** Takes sessions. */
  RUNNING,
  /** Takes no new sessions, and waits for those that are there. */
  DRAINING,
  /** Ends what is left. */
  STOPPING,
  /** Has let go of everything. */
  STOPPED;

  /** Whether it takes new sessions. */
  public boolean isReady() {
    return this == RUNNING;
  }

  /** The name in logs and the API. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
