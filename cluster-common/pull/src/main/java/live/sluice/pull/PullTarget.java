package live.sluice.pull;

import java.util.List;
import live.sluice.media.NodeInfo;
import live.sluice.media.StreamEntry;
import live.sluice.media.StreamKey;

/** Where a pull connects to. */
sealed interface PullTarget {

  /**
   * A node of ours.
   *
   * @param entry who owns the stream
   * @param from the node to pull it from: its owner, or one on the way
   */
  record Node(StreamEntry entry, NodeInfo from) implements PullTarget {}

  /** A foreign server. */
  record Foreign(String url) implements PullTarget {}

  /** What the publication of a stream of a foreign server is known by: nobody of the cluster owns it. */
  static StreamEntry foreignEntry(StreamKey key, NodeInfo self, long nowMs) {
    return new StreamEntry(key, self, nowMs, 0, List.of());
  }
}
