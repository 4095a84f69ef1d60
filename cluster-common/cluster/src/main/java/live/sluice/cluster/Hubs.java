package live.sluice.cluster;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import live.sluice.media.NodeInfo;
import live.sluice.media.StreamKey;
import org.jspecify.annotations.Nullable;

/**
 * Which nodes of a region act for the others: the hub of a stream, which pulls it for all of them, and the gateways to
 * another region, over whose links announcements come. Every node works it out for itself, by {@link Rendezvous} over the
 * live nodes to which hops can be made. Stateless and thread-safe.
 */
public final class Hubs {
  /** How many nodes have links to each other region, so that one may go. */
  private static final int GATEWAYS = 2;

  private Hubs() {}

  /**
   * The hub of a stream; null when no node of the region can be one.
   *
   * @param nodes live nodes of the region
   * @param suspected ids of those that don't answer now: the next in order takes their place, unless all of them don't
   */
  public static @Nullable NodeInfo hubFor(StreamKey key, Collection<NodeInfo> nodes, Set<String> suspected) {
    List<NodeInfo> able = new ArrayList<>(nodes.size());
    List<NodeInfo> answering = new ArrayList<>(nodes.size());
    for (NodeInfo node : nodes) {
      if (node.hopPort() > 0) {
        able.add(node);
        if (!suspected.contains(node.id())) {
          answering.add(node);
        }
      }
    }
    return Rendezvous.pick(key.path(), answering.isEmpty() ? able : answering);
  }

  /** The nodes that hold links to {@code region}, the first the better: origins, and edges where there are too few. */
  public static List<NodeInfo> gatewaysFor(String region, Collection<NodeInfo> nodes) {
    List<NodeInfo> gateways = new ArrayList<>(GATEWAYS);
    for (NodeInfo.Role role : List.of(NodeInfo.Role.ORIGIN, NodeInfo.Role.EDGE)) {
      List<NodeInfo> able = new ArrayList<>();
      for (NodeInfo node : nodes) {
        if (node.role() == role && node.hopPort() > 0) {
          able.add(node);
        }
      }
      NodeInfo next;
      while (gateways.size() < GATEWAYS && (next = Rendezvous.pick(region, able)) != null) {
        gateways.add(next);
        able.remove(next);
      }
    }
    return gateways;
  }
}
