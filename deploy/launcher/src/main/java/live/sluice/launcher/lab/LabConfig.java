package live.sluice.launcher.lab;

import java.util.LinkedHashMap;
import java.util.Map;
import live.sluice.launcher.ConfigFile;
import live.sluice.launcher.NodePorts;
import live.sluice.launcher.Role;

/** The configuration of each node: the user's, with what makes the nodes of a region one cluster put over it. */
final class LabConfig {
  private final LabPlan plan;
  private final Map<String, Object> user;
  private final String secret = ConfigFile.newSecret();

  /**
   * Takes what to write about.
   *
   * @param user keys that are to hold for every node
   */
  LabConfig(LabPlan plan, Map<String, Object> user) {
    this.plan = plan;
    this.user = user;
  }

  /** Returns the tree of keys of one node. */
  Map<String, Object> of(Region region, LabNode node) {
    NodePorts ports = node.plan().ports();
    String address = node.address();
    Map<String, Object> generated = new LinkedHashMap<>();
    generated.put("node", Map.of("name", node.name(), "region", region.name(), "host", address));
    generated.put("rtmp", Map.of("listen", address, "port", ports.rtmp(), "tls-port", ports.rtmpTls()));
    generated.put("http", Map.of("listen", address, "port", ports.http(), "tls-port", ports.httpTls()));
    generated.put("api", Map.of("listen", address, "port", ports.api(), "tls-port", ports.apiTls()));
    generated.put("rtc", Map.of("listen", address, "port", ports.webrtc()));
    generated.put("cluster", cluster(region, node));
    // What the user may set otherwise: nobody waits half a minute for a laboratory to end.
    Map<String, Object> preset = Map.of("node", Map.of("drain-deadline", "2s"), "log", Map.of("format", "text"));
    return ConfigFile.merge(ConfigFile.merge(preset, user), generated);
  }

  private Map<String, Object> cluster(Region region, LabNode node) {
    NodePorts ports = node.plan().ports();
    int directory = node.plan().role() == Role.ORIGIN ? ports.member() : ports.client();
    Map<String, Object> cluster = new LinkedHashMap<>();
    cluster.put("name", plan.namespace(region.name()));
    cluster.put("secret", secret);
    cluster.put("members", region.origins().stream().map(origin -> origin.address() + ":" + directory).toList());
    cluster.put("listen", node.address());
    cluster.put("member-port", ports.member());
    cluster.put("client-port", ports.client());
    return cluster;
  }
}
