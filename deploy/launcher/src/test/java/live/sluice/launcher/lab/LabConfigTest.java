package live.sluice.launcher.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LabConfigTest {
  private static final LabPlan PLAN = LabPlan.of("lab", "10.77", List.of("eu", "us"), 2, 3);

  private static final Map<String, Object> USER =
      Map.of("hls", Map.of("window", 3), "node", Map.of("region", "mars"), "hop", Map.of("enabled", false));

  private final LabConfig config = new LabConfig(PLAN, USER, new LabCertificates(Path.of("/lab/certs")));

  @Test
  void eachRegionIsAClusterOfItsOwn() {
    assertThat(section("eu-origin-1", "cluster")).containsEntry("members", List.of("10.77.1.11:5701", "10.77.1.12:5701"));
    assertThat(section("us-edge-0", "cluster")).containsEntry("members", List.of("10.77.2.11:5702", "10.77.2.12:5702"));
    assertThat(section("eu-edge-0", "cluster").get("name")).isNotEqualTo(section("us-edge-0", "cluster").get("name"));
    assertThat(section("us-edge-0", "node"))
        .containsEntry("region", "us")
        .containsEntry("name", "us-edge-0")
        .containsEntry("host", "10.77.2.13");
  }

  @Test
  void everythingListensOnTheNodesOwnAddress() {
    for (String section : List.of("rtmp", "http", "api", "rtc", "cluster", "hop")) {
      assertThat(section("us-origin-0", section)).as(section).containsEntry("listen", "10.77.2.11");
    }
  }

  @Test
  void eachRegionKnowsTheOriginsOfTheOthersAndEachNodeHasACertificate() {
    assertThat(section("us-edge-0", "hop"))
        .containsEntry("certificate", "/lab/certs/us-edge-0.pem")
        .containsEntry("key", "/lab/certs/us-edge-0-key.pem")
        .containsEntry("authority", "/lab/certs/ca.pem")
        .containsEntry("enabled", false)
        .containsEntry("regions", List.of(Map.of("name", "eu", "seeds", List.of("10.77.1.11:8001", "10.77.1.12:8001"))));
  }

  @Test
  void theUsersFileIsKeptWhereItDoesNotSayWhoIsWho() {
    assertThat(section("eu-origin-0", "hls")).containsEntry("window", 3);
    assertThat(section("eu-origin-0", "node")).containsEntry("region", "eu");
  }

  @Test
  void everyKeyIsOneOfTheReference() throws IOException {
    List<String> lines =
        Files.readAllLines(Path.of("../../cluster-common/node/src/main/resources/live/sluice/node/reference.yaml"));
    for (String name : List.of("node", "rtmp", "http", "api", "rtc", "cluster", "hop")) {
      List<String> reference =
          lines.subList(lines.indexOf(name + ":") + 1, lines.size()).stream()
              .takeWhile(line -> line.isEmpty() || line.startsWith(" ") || line.startsWith("#"))
              .toList();
      for (Object key : section("eu-origin-0", name).keySet()) {
        assertThat(reference).as(name + "." + key).anyMatch(line -> line.startsWith("  " + key + ":"));
      }
    }
  }

  private Map<Object, Object> section(String node, String name) {
    LabNode planned = PLAN.node(node);
    return new HashMap<>((Map<?, ?>) config.of(PLAN.regionOf(planned), planned).get(name));
  }
}
