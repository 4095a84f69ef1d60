package live.sluice.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class StatusReportTest {
  private static final ClusterPlan PLAN = ClusterPlan.of(1, 1, new PortPlan(20000), "127.0.0.1");
  private static final NodeStatus ORIGIN =
      new NodeStatus(PLAN.nodes().getFirst(), "127.0.0.1", "default", "running", true, true, 1, 2, 1100, 2200, true);
  private static final NodeStatus EDGE = NodeStatus.of(PLAN.nodes().getLast(), "127.0.0.1", "starting");

  @Test
  void theJsonHasTheFormThatScriptsRelyOn() {
    JsonNode json = read(new StatusReport(List.of(ORIGIN), "http://127.0.0.1:20090"));
    assertThat(json.propertyNames()).containsExactly("nodes", "nginx");
    JsonNode node = json.path("nodes").path(0);
    assertThat(node.propertyNames())
        .containsExactly("name", "role", "region", "state", "urls", "streams", "players");
    assertThat(node.path("name").asString()).isEqualTo("origin-0");
    assertThat(node.path("urls").toString())
        .isEqualTo(
            "{\"rtmp\":\"rtmp://127.0.0.1:20000\",\"http\":\"http://127.0.0.1:20001\","
                + "\"api\":\"http://127.0.0.1:20002\","
                + "\"whip\":\"http://127.0.0.1:20002/{app}/{stream}/whip\","
                + "\"whep\":\"http://127.0.0.1:20002/{app}/{stream}/whep\","
                + "\"rtc\":\"udp://127.0.0.1:20003\"}");
    assertThat(json.path("nginx").path("url").asString()).isEqualTo("http://127.0.0.1:20090");
  }

  @Test
  void withoutNginxTheJsonSaysNull() {
    JsonNode json = read(new StatusReport(List.of(), null));
    assertThat(json.has("nginx")).isTrue();
    assertThat(json.path("nginx").isNull()).isTrue();
  }

  @Test
  void withoutWebRtcThereIsNothingToAskForIt() {
    NodeStatus without =
        new NodeStatus(PLAN.nodes().getFirst(), "127.0.0.1", "default", "running", true, true, 0, 0, 0, 0, false);
    StatusReport report = new StatusReport(List.of(without), null);
    JsonNode urls = read(report).path("nodes").path(0).path("urls");
    assertThat(List.of(urls.path("whip"), urls.path("whep"), urls.path("rtc"))).allMatch(JsonNode::isNull);
    assertThat(table(report)).anyMatch(line -> line.startsWith("origin-0  running") && line.endsWith(" -"));
  }

  @Test
  void itIsReadyWhenEveryNodeIs() {
    assertThat(new StatusReport(List.of(ORIGIN), null).ready()).isTrue();
    assertThat(new StatusReport(List.of(ORIGIN, EDGE), null).ready()).isFalse();
    assertThat(new StatusReport(List.of(), null).ready()).isFalse();
  }

  @Test
  void theLineOfTheForegroundHasTotalsAndWhoIsMissing() {
    assertThat(new StatusReport(List.of(ORIGIN, EDGE), null).line())
        .isEqualTo("streams 1 | players 2 (origin-0 2, edge-0 0) | in 1.1 out 2.2 Mb/s | edge-0 starting");
  }

  @Test
  void theTableHasARowForEachNode() {
    assertThat(table(new StatusReport(List.of(ORIGIN, EDGE), null)))
        .anyMatch(line -> line.startsWith("origin-0  running") && line.endsWith("udp://127.0.0.1:20003"))
        .anyMatch(line -> line.startsWith("edge-0    starting"))
        .endsWith("no NGINX");
  }

  private static Stream<String> table(StatusReport report) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    report.print(new PrintStream(bytes, true, StandardCharsets.UTF_8));
    return bytes.toString(StandardCharsets.UTF_8).lines();
  }

  private static JsonNode read(StatusReport report) {
    return JsonMapper.builder().build().readTree(report.json());
  }
}
