package live.sluice.bench.model;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import live.sluice.cluster.LocalDirectory;
import live.sluice.cluster.NodeStatus;
import live.sluice.cluster.Placement;
import live.sluice.media.NodeInfo;

/** A region: its nodes, and the directory that each of them has its own copy of. */
final class ModelRegion {
  final int index;
  final String name;
  final List<NodeInfo> nodes = new ArrayList<>();

  /** Where in all regions' nodes those of this one begin. */
  final int firstNode;

  final int origins;

  /** Claims are granted and announcements kept here as in a node, by the same code. */
  final LocalDirectory directory;

  /** Ranks of the streams that are published here, the most popular first. */
  final List<Integer> streams = new ArrayList<>();

  boolean lost;
  private final int[] published;

  ModelRegion(int index, int firstNode, int origins, int edges) {
    this.index = index;
    this.name = "region-" + index;
    this.firstNode = firstNode;
    this.origins = origins;
    for (int i = 0; i < origins + edges; i++) {
      boolean origin = i < origins;
      String id = name + (origin ? "-origin-" + i : "-edge-" + (i - origins));
      NodeInfo.Role role = origin ? NodeInfo.Role.ORIGIN : NodeInfo.Role.EDGE;
      nodes.add(new NodeInfo(id, 1_795_000_000_000L, role, name, "10." + index + ".0." + i, 1935, 8080, 1985, 8001));
    }
    this.published = new int[origins];
    NodeInfo clerk =
        new NodeInfo(name + "-directory", 1, NodeInfo.Role.ORIGIN, name, "10." + index + ".255.1", 1935, 8080, 1985, 8001);
    this.directory = new LocalDirectory(clerk, InstantSource.system());
  }

  /** The origin that a publish goes to, which has one stream more from now on. */
  NodeInfo place(String stream) {
    List<NodeStatus> statuses = new ArrayList<>(origins);
    for (int i = 0; i < origins; i++) {
      statuses.add(new NodeStatus(nodes.get(i), published[i], 0));
    }
    NodeInfo placed = Placement.originFor(stream, statuses);
    if (placed == null) {
      throw new IllegalStateException("region " + name + " has no origin");
    }
    published[nodes.indexOf(placed)]++;
    return placed;
  }

  void leave(NodeInfo origin) {
    published[nodes.indexOf(origin)]--;
  }

  int edges() {
    return nodes.size() - origins;
  }
}
