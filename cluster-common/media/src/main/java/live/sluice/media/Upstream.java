package live.sluice.media;

/** Where a stream comes from that nobody publishes on this node. */
public interface Upstream {

  /**
   * Begins to pull {@code stream}: finds who has it, connects, feeds it, and looks again whenever that fails, until it
   * is stopped. Called on the stream's event loop when the first reader has come; returns at once.
   */
  Pull pull(Stream stream);

  /** A pull under way. */
  interface Pull {
    /** Ends it: connections and timers are gone soon after. On the stream's event loop. */
    void stop();
  }

  /** Pulls nothing: a node alone. */
  Upstream NONE = stream -> () -> {};
}
