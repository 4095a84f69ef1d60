package live.sluice.pull;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import live.sluice.media.NodeInfo;
import live.sluice.media.Ticker;

/**
 * Nodes that a pull turned to in vain while it had the stream from another one: each is left alone for a pause that grows
 * with each time. A node that was started anew is another one. Not thread-safe.
 */
final class Pauses {
  private static final Duration LEAST = Duration.ofSeconds(2);
  private static final Duration MOST = Duration.ofSeconds(30);

  /** Nodes that are remembered: those that a stream may come from are few. */
  private static final int MOST_NODES = 16;

  private static final class Pause {
    private final BackOff backOff = new BackOff(LEAST, MOST);
    private long until;
  }

  private final Ticker ticker;
  private final Map<NodeInfo, Pause> pauses =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<NodeInfo, Pause> eldest) {
          return size() > MOST_NODES;
        }
      };

  Pauses(Ticker ticker) {
    this.ticker = ticker;
  }

  /** It was asked in vain. */
  void add(NodeInfo node) {
    Pause pause = pauses.computeIfAbsent(node, key -> new Pause());
    pause.until = ticker.millis() + pause.backOff.next();
  }

  /** Whether it is to be left alone. */
  boolean holds(NodeInfo node) {
    Pause pause = pauses.get(node);
    return pause != null && ticker.millis() - pause.until < 0;
  }

  /** Things are otherwise now. */
  void clear() {
    pauses.clear();
  }
}
