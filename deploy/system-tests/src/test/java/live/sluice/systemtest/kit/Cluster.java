package live.sluice.systemtest.kit;

import java.util.ArrayList;
import java.util.List;

/** Some origins and some edges on this machine, named origin-0, origin-1 …, edge-0, edge-1 …. */
public final class Cluster {

  private final List<NodeProcess> origins = new ArrayList<>();
  private final List<NodeProcess> edges = new ArrayList<>();

  private Cluster() {}

  /** Starts the nodes, waits until all are ready; they end with {@code lab}'s current scope. */
  public static Cluster start(Lab lab, int origins, int edges) {
    return start(lab, origins, edges, List.of(), false);
  }

  /** The same, with further keys of configuration for each node, as {@code key=value}. */
  public static Cluster start(Lab lab, int origins, int edges, List<String> settings, boolean warm) {
    Cluster cluster = new Cluster();
    List<String> members = new ArrayList<>();
    List<String> clients = new ArrayList<>();
    List<Integer> memberPorts = new ArrayList<>();
    List<Integer> clientPorts = new ArrayList<>();
    for (int i = 0; i < origins; i++) {
      memberPorts.add(Ports.free());
      clientPorts.add(Ports.free());
      members.add("127.0.0.1:" + memberPorts.get(i));
      clients.add("127.0.0.1:" + clientPorts.get(i));
    }
    for (int i = 0; i < origins; i++) {
      cluster.origins.add(NodeProcess.start(lab, new NodeSpec(NodeSpec.Role.ORIGIN, "origin-" + i, "127.0.0.1",
          Ports.free(), Ports.free(), Ports.free(), Ports.free(), memberPorts.get(i), clientPorts.get(i), members,
          settings, warm)));
    }
    for (int i = 0; i < edges; i++) {
      cluster.edges.add(NodeProcess.start(lab, new NodeSpec(NodeSpec.Role.EDGE, "edge-" + i, "127.0.0.1",
          Ports.free(), Ports.free(), Ports.free(), Ports.free(), 0, 0, clients, settings, warm)));
    }
    cluster.nodes().forEach(NodeProcess::awaitReady);
    return cluster;
  }

  /** One origin that is a cluster of its own beside others. */
  public static NodeProcess start(Lab lab, String name, List<String> settings) {
    int memberPort = Ports.free();
    return NodeProcess.start(lab, new NodeSpec(NodeSpec.Role.ORIGIN, name, "127.0.0.1", Ports.free(), Ports.free(),
        Ports.free(), Ports.free(), memberPort, Ports.free(), List.of("127.0.0.1:" + memberPort), settings, false))
        .awaitReady();
  }

  /** An origin. */
  public NodeProcess origin(int index) {
    return origins.get(index);
  }

  /** An edge. */
  public NodeProcess edge(int index) {
    return edges.get(index);
  }

  /** All origins. */
  public List<NodeProcess> origins() {
    return List.copyOf(origins);
  }

  /** All edges. */
  public List<NodeProcess> edges() {
    return List.copyOf(edges);
  }

  /** All nodes, origins first. */
  public List<NodeProcess> nodes() {
    List<NodeProcess> nodes = new ArrayList<>(origins);
    nodes.addAll(edges);
    return nodes;
  }
}
