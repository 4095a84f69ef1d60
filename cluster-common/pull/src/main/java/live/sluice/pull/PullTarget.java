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
   * @param onlyByLink whether another way will not do: the stream comes by TCP already
   */
  record Node(StreamEntry entry, NodeInfo from, boolean onlyByLink) implements PullTarget {
    /** By whatever way. */
    Node(StreamEntry entry, NodeInfo from) {
      this(entry, from, false);
    }

    /** The same by the link, or not at all. */
    Node byLink() {
      return new Node(entry, from, true);
    }
  }

  /** A foreign server. */
  record Foreign(String url) implements PullTarget {}

  /** What the publication of a stream of a foreign server is known by: nobody of the cluster owns it. */
  static StreamEntry foreignEntry(StreamKey key, NodeInfo self, long nowMs) {
    return new StreamEntry(key, self, nowMs, 0, List.of());
  }
}
