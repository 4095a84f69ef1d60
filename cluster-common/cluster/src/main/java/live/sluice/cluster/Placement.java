package live.sluice.cluster;

import java.util.Collection;
import java.util.List;
import live.sluice.media.NodeInfo;
import org.jspecify.annotations.Nullable;

/** Where a publish goes that reached a node which does not keep publishers. Stateless and thread-safe. */
public final class Placement {
  private Placement() {}

  /**
   * The least loaded origin: fewest streams, then fewest players; among equals the one that {@link Rendezvous} picks for
   * the name, so that a publisher that comes again finds the same one. Null when there is no origin.
   */
  public static @Nullable NodeInfo originFor(String name, Collection<NodeStatus> nodes) {
    NodeStatus best = null;
    for (NodeStatus node : nodes) {
      if (node.info().role() == NodeInfo.Role.ORIGIN && (best == null || better(name, node, best))) {
        best = node;
      }
    }
    return best == null ? null : best.info();
  }

  private static boolean better(String name, NodeStatus a, NodeStatus b) {
    if (a.streams() != b.streams()) {
      return a.streams() < b.streams();
    }
    if (a.players() != b.players()) {
      return a.players() < b.players();
    }
    return a.info().equals(Rendezvous.pick(name, List.of(a.info(), b.info())));
  }
}
