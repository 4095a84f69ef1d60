package live.sluice.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NodeConfigTest {
  private static final ClusterPlan PLAN = ClusterPlan.of(2, 1, new PortPlan(20000), "127.0.0.1");

  @TempDir private Path directory;

  @Test
  void originsMeetAtMemberPortsAndEdgesAtClientPorts() {
    NodeConfig config = new NodeConfig(PLAN, null);
    assertThat(section(config, 0, "cluster")).containsEntry("members", List.of("127.0.0.1:20005", "127.0.0.1:20105"));
    assertThat(section(config, 2, "cluster")).containsEntry("members", List.of("127.0.0.1:20006", "127.0.0.1:20106"));
  }

  @Test
  void eachNodeHasAPortForHops() {
    NodeConfig config = new NodeConfig(PLAN, null);
    assertThat(section(config, 0, "hop")).containsEntry("port", 20004);
    assertThat(section(config, 2, "hop")).containsEntry("port", 20204);
  }

  @Test
  void allNodesShareOneSecretAndNoTwoClustersDo() {
    NodeConfig config = new NodeConfig(PLAN, null);
    Object secret = section(config, 0, "cluster").get("secret");
    assertThat(section(config, 2, "cluster")).containsEntry("secret", secret);
    assertThat(section(new NodeConfig(PLAN, null), 0, "cluster").get("secret")).isNotEqualTo(secret);
  }

  @Test
  void theUsersFileIsKeptWhereItDoesNotSayWhoIsWho() throws IOException {
    Path file = directory.resolve("my.yaml");
    Files.writeString(file, "http: {port: 1, cors-origin: https://a.example}\nnode: {drain-deadline: 9s}\nhls: {window: 3}\n");
    NodeConfig config = new NodeConfig(PLAN, file);
    assertThat(section(config, 1, "http")).containsEntry("port", 20101).containsEntry("cors-origin", "https://a.example");
    assertThat(section(config, 1, "node")).containsEntry("drain-deadline", "9s").containsEntry("name", "origin-1");
    assertThat(section(config, 1, "hls")).containsEntry("window", 3);
  }

  @Test
  void onlyTheOwnerMayReadTheFile() throws IOException {
    Path file = directory.resolve("origin-0.yaml");
    new NodeConfig(PLAN, null).write(PLAN.nodes().getFirst(), file);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file))).isEqualTo("rw-------");
  }

  @Test
  void everyKeyIsOneOfTheReference() throws IOException {
    Path reference =
        Path.of("../../cluster-common/node/src/main/resources/live/sluice/node/reference.yaml");
    List<String> lines = Files.readAllLines(reference);
    new NodeConfig(PLAN, null)
        .of(PLAN.nodes().getFirst())
        .forEach(
            (name, values) -> {
              int start = lines.indexOf(name + ":");
              assertThat(start).as(name).isNotNegative();
              for (Object key : ((Map<?, ?>) values).keySet()) {
                assertThat(sectionFrom(lines, start)).as(name + "." + key).anyMatch(l -> l.startsWith("  " + key + ":"));
              }
            });
  }

  private static List<String> sectionFrom(List<String> lines, int start) {
    return lines.subList(start + 1, lines.size()).stream()
        .takeWhile(line -> line.isEmpty() || line.startsWith(" ") || line.startsWith("#"))
        .toList();
  }

  private static Map<?, ?> rawSection(NodeConfig config, int node, String name) {
    return (Map<?, ?>) config.of(PLAN.nodes().get(node)).get(name);
  }

  private static Map<Object, Object> section(NodeConfig config, int node, String name) {
    return new HashMap<>(rawSection(config, node, name));
  }
}
