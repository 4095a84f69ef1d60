package live.sluice.pull;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import live.sluice.media.Ticker;

/** Nodes that did not answer lately: others are asked before them, for some seconds. Thread-safe. */
final class Suspects {
  /** How long a node is suspected, in ns: by then its region has seen that it is gone, or it is back. */
  private static final long NANOS = 5_000_000_000L;

  private static final long MOST_MS = 600_000;

  private final Ticker ticker;
  private final Map<String, Long> until = new ConcurrentHashMap<>();

  Suspects(Ticker ticker) {
    this.ticker = ticker;
  }

  void add(String node) {
    add(node, 0);
  }

  /** Suspects a node for {@code ms} at least: it has said that it goes. */
  void add(String node, long ms) {
    long nanos = Math.max(NANOS, TimeUnit.MILLISECONDS.toNanos(Math.min(ms, MOST_MS)));
    until.put(node, ticker.nanos() + nanos);
  }

  /** It answers again. */
  void remove(String node) {
    until.remove(node);
  }

  boolean has(String node) {
    Long end = until.get(node);
    if (end == null) {
      return false;
    }
    if (ticker.nanos() - end > 0) {
      until.remove(node, end);
      return false;
    }
    return true;
  }
}
