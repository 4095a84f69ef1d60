package live.sluice.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** The configuration file of each node: the user's, with what makes the nodes one cluster put over it. */
final class NodeConfig {
  /** The nodes of one machine talk to each other here, whatever address media listens on. */
  private static final String LOOPBACK = "127.0.0.1";

  private static final YAMLMapper YAML = YAMLMapper.builder().build();

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
    user = file == null ? Map.of() : read(file);
    byte[] random = new byte[24];
    new SecureRandom().nextBytes(random);
    secret = HexFormat.of().formatHex(random);
  }

  private static Map<String, Object> read(Path file) {
    try {
      Map<String, Object> values = YAML.readValue(Files.readAllBytes(file), new TypeReference<Map<String, Object>>() {});
      return values == null ? Map.of() : values;
    } catch (IOException | JacksonException e) {
      throw new LaunchException("cannot read --config " + file + ": " + e.getMessage(), e);
    }
  }

  /** Writes the file of one node; only its owner may read it, since the cluster's secret is in it. */
  void write(NodePlan node, Path file) {
    try {
      Files.deleteIfExists(file);
      Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      Files.write(file, YAML.writeValueAsBytes(of(node)));
    } catch (IOException e) {
      throw new LaunchException("cannot write " + file + ": " + e.getMessage(), e);
    }
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
    return merge(merge(preset, user), generated);
  }

  private static int directory(NodePlan asking, NodePlan origin) {
    return asking.role() == Role.ORIGIN ? origin.ports().member() : origin.ports().client();
  }

  private static Map<String, Object> merge(Map<String, Object> under, Map<String, Object> over) {
    Map<String, Object> merged = new LinkedHashMap<>(under);
    over.forEach((key, value) -> merged.put(key, mergeValue(merged.get(key), value)));
    return merged;
  }

  private static Object mergeValue(@Nullable Object under, Object over) {
    if (under instanceof Map<?, ?> left && over instanceof Map<?, ?> right) {
      return merge(keyed(left), keyed(right));
    }
    return over;
  }

  private static Map<String, Object> keyed(Map<?, ?> map) {
    Map<String, Object> copy = new LinkedHashMap<>();
    map.forEach((key, value) -> copy.put(String.valueOf(key), value == null ? List.of() : value));
    return copy;
  }
}
