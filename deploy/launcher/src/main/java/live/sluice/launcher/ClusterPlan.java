package live.sluice.launcher;

import java.util.ArrayList;
import java.util.List;

/**
 * All nodes that are to run, and where.
 *
 * @param nodes origins first, then edges
 * @param host the address that media and API listen on
 */
record ClusterPlan(List<NodePlan> nodes, String host) {
  /** Counts out the nodes of a cluster. */
  static ClusterPlan of(int origins, int edges, PortPlan ports, String host) {
    if (origins < 1 || edges < 0) {
      throw new LaunchException("a cluster has one origin or more, and no fewer than no edges");
    }
    List<NodePlan> nodes = new ArrayList<>();
    for (int i = 0; i < origins; i++) {
      nodes.add(new NodePlan("origin-" + i, Role.ORIGIN, ports.node(i)));
    }
    for (int i = 0; i < edges; i++) {
      nodes.add(new NodePlan("edge-" + i, Role.EDGE, ports.node(origins + i)));
    }
    return new ClusterPlan(List.copyOf(nodes), host);
  }

  List<NodePlan> origins() {
    return nodes.stream().filter(node -> node.role() == Role.ORIGIN).toList();
  }
}
