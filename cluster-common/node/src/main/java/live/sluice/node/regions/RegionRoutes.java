package live.sluice.node.regions;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import live.sluice.cluster.Hubs;
import live.sluice.media.Announcement;
import live.sluice.media.NodeInfo;
import live.sluice.media.StreamDirectory;
import live.sluice.media.StreamEntry;
import live.sluice.pull.StreamRoutes;

/**
 * A stream of this region comes from its owner, one of another region from this region's hub of that stream; the hub itself
 * has it from where it is announced. Stateless and thread-safe.
 */
public record RegionRoutes(NodeInfo self, StreamDirectory directory) implements StreamRoutes {
  @Override
  public List<NodeInfo> of(StreamEntry entry, Predicate<String> suspected) {
    if (entry.owner().region().equals(self.region())) {
      return List.of(entry.owner());
    }
    NodeInfo hub = Hubs.hubFor(entry.key(), directory.nodes(), suspects(suspected));
    return hub == null || hub.id().equals(self.id()) ? announced(entry) : List.of(hub);
  }

  /** A node never suspects itself: where it does not answer, nobody asks it. */
  private Set<String> suspects(Predicate<String> suspected) {
    Set<String> ids = new HashSet<>();
    for (NodeInfo node : directory.nodes()) {
      if (!node.id().equals(self.id()) && suspected.test(node.id())) {
        ids.add(node.id());
      }
    }
    return ids;
  }

  private List<NodeInfo> announced(StreamEntry entry) {
    List<NodeInfo> nodes = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    for (Announcement route : directory.routes(entry.key())) {
      boolean leadsThere =
          AnnouncedStreams.isSamePublish(route.entry(), entry) && !route.from().id().equals(self.id());
      if (leadsThere && seen.add(route.from().id())) {
        nodes.add(route.from());
      }
    }
    if (nodes.isEmpty()) {
      nodes.add(entry.owner());
    }
    return nodes;
  }
}
