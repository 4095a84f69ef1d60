package live.sluice.cluster;

import java.util.Collection;
import live.sluice.media.NodeInfo;
import org.jspecify.annotations.Nullable;

/**
 * Rendezvous hashing: every node that knows the same nodes picks the same one for a name, and only the names of a node
 * that goes move. Stateless and thread-safe.
 */
public final class Rendezvous {
  private Rendezvous() {}

  /** The node for {@code name}, null when there are none. Node ids count, not addresses or incarnations. */
  public static @Nullable NodeInfo pick(String name, Collection<NodeInfo> nodes) {
    NodeInfo best = null;
    long bestScore = 0;
    for (NodeInfo node : nodes) {
      long score = score(name, node.id());
      if (best == null || score > bestScore || (score == bestScore && node.id().compareTo(best.id()) > 0)) {
        best = node;
        bestScore = score;
      }
    }
    return best;
  }

  /** FNV-1a over both, then the finalizer of MurmurHash3: part of the protocol between nodes, so never changed. */
  private static long score(String name, String node) {
    long hash = 0xcbf29ce484222325L;
    hash = mix(hash, name);
    hash = (hash ^ 0xff) * 0x100000001b3L;
    hash = mix(hash, node);
    hash = (hash ^ (hash >>> 33)) * 0xff51afd7ed558ccdL;
    hash = (hash ^ (hash >>> 33)) * 0xc4ceb9fe1a85ec53L;
    return hash ^ (hash >>> 33);
  }

  private static long mix(long start, String text) {
    long hash = start;
    for (int i = 0; i < text.length(); i++) {
      hash = (hash ^ text.charAt(i)) * 0x100000001b3L;
    }
    return hash;
  }
}
