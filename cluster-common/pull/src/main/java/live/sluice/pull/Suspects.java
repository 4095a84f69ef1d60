package live.sluice.pull;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import live.sluice.media.Ticker;

/** Nodes that did not answer lately: others are asked before them, for some seconds. Thread-safe. */
final class Suspects {
  /** How long a node is suspected, in ns: by then its region has seen that it is gone, or it is back. */
  private static final long NANOS = 5_000_000_000L;

  private final Ticker ticker;
  private final Map<String, Long> since = new ConcurrentHashMap<>();

  Suspects(Ticker ticker) {
    this.ticker = ticker;
  }

  void add(String node) {
    since.put(node, ticker.nanos());
  }

  boolean has(String node) {
    Long at = since.get(node);
    if (at == null) {
      return false;
    }
    if (ticker.nanos() - at > NANOS) {
      since.remove(node, at);
      return false;
    }
    return true;
  }
}
