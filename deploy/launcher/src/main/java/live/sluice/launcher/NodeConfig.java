package live.sluice.launcher;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The configuration file of each node: the user's, with what makes the nodes one cluster put over it. */
final class NodeConfig {
  /** The nodes of one machine talk to each other here, whatever address media listens on. */
  private static final String LOOPBACK = "127.0.0.1";

  private final ClusterPlan plan;
  private final Map<String, Object> user;
  private final String secret;

  /**
   * Reads the user's file.
   *
   * @param file YAML with the keys of reference.yaml that are to hold for every node, or null
   */
  NodeConfig(ClusterPlan plan, @Nullable Path file) {
    this.plan = plan;
    user = ConfigFile.read(file);
    secret = ConfigFile.newSecret();
  }

  /** Writes the file of one node. */
  void write(NodePlan node, Path file) {
    ConfigFile.write(of(node), file);
  }

  /** Returns the tree of keys of one node. */
  Map<String, Object> of(NodePlan node) {
    NodePorts ports = node.ports();
    Map<String, Object> cluster = new LinkedHashMap<>();
    cluster.put("name", "sluice-" + plan.nodes().getFirst().ports().rtmp());
    cluster.put("secret", secret);
    cluster.put("members", plan.origins().stream().map(origin -> LOOPBACK + ":" + directory(node, origin)).toList());
    cluster.put("listen", LOOPBACK);
    cluster.put("member-port", ports.member());
    cluster.put("client-port", ports.client());
    Map<String, Object> generated = new LinkedHashMap<>();
    generated.put("node", Map.of("name", node.name(), "host", Addresses.reachable(plan.host())));
    generated.put("rtmp", Map.of("listen", plan.host(), "port", ports.rtmp(), "tls-port", ports.rtmpTls()));
    generated.put("http", Map.of("listen", plan.host(), "port", ports.http(), "tls-port", ports.httpTls()));
    generated.put("api", Map.of("listen", plan.host(), "port", ports.api(), "tls-port", ports.apiTls()));
    generated.put("rtc", Map.of("listen", plan.host(), "port", ports.webrtc()));
    // Where it listens is left to the node: without certificates on loopback only.
    generated.put("hop", Map.of("port", ports.hop()));
    generated.put("cluster", cluster);
    // What the user may set otherwise: a cluster on one machine is stopped by Ctrl-C, and nobody waits half a minute.
    Map<String, Object> preset = Map.of("node", Map.of("drain-deadline", "2s"), "log", Map.of("format", "text"));
    return ConfigFile.merge(ConfigFile.merge(preset, user), generated);
  }

  private static int directory(NodePlan asking, NodePlan origin) {
    return asking.role() == Role.ORIGIN ? origin.ports().member() : origin.ports().client();
  }
}
