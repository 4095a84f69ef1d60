package live.sluice.launcher.lab;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import live.sluice.launcher.ConfigFile;
import live.sluice.launcher.NodePorts;
import live.sluice.launcher.Role;

/** The configuration of each node: the user's, with what makes the nodes of a region one cluster put over it. */
final class LabConfig {
  private final LabPlan plan;
  private final Map<String, Object> user;
  private final LabCertificates certificates;
  private final String secret = ConfigFile.newSecret();

  /**
   * Takes what to write about.
   *
   * @param user keys that are to hold for every node
   * @param certificates which files the nodes have
   */
  LabConfig(LabPlan plan, Map<String, Object> user, LabCertificates certificates) {
    this.plan = plan;
    this.user = user;
    this.certificates = certificates;
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
    generated.put("hop", hop(region, node));
    // What the user may set otherwise: nobody waits half a minute for a laboratory to end.
    Map<String, Object> preset = Map.of("node", Map.of("drain-deadline", "2s"), "log", Map.of("format", "text"));
    return ConfigFile.merge(ConfigFile.merge(preset, user), generated);
  }

  /** Each region is told of the others' origins; they tell it of the rest. */
  private Map<String, Object> hop(Region region, LabNode node) {
    List<Map<String, Object>> others = new ArrayList<>();
    for (Region other : plan.regions()) {
      if (!other.equals(region)) {
        List<String> seeds = other.origins().stream().map(o -> o.address() + ":" + o.plan().ports().hop()).toList();
        others.add(Map.of("name", other.name(), "seeds", seeds));
      }
    }
    Map<String, Object> hop = new LinkedHashMap<>();
    hop.put("listen", node.address());
    hop.put("port", node.plan().ports().hop());
    hop.put("certificate", certificates.certificate(node).toString());
    hop.put("key", certificates.key(node).toString());
    hop.put("authority", certificates.authority().toString());
    hop.put("regions", others);
    return hop;
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
