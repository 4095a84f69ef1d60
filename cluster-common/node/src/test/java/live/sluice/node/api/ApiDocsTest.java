package live.sluice.node.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import live.sluice.media.Publication;
import live.sluice.media.Reader;
import live.sluice.media.Session;
import live.sluice.media.StreamKey;
import live.sluice.media.TrackFilter;
import live.sluice.media.testing.Frames;
import live.sluice.media.testing.RecordingSink;
import live.sluice.media.testing.TestForm;
import live.sluice.node.testing.Docs;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What is written of the API and of metrics is what there is. */
class ApiDocsTest {
  private static final StreamKey KEY = StreamKey.of("live", "x");

  private static final Set<String> ENVELOPE = Set.of("code", "server", "service", "pid");

  private final ApiFixture node = ApiFixture.onLoopback();

  @AfterEach
  void close() {
    node.close();
  }

  @Test
  void theOpenApiDocumentHasExactlyTheRoutes() throws Exception {
    JsonNode paths = node.get("/api/v1/openapi.json").path("paths");
    TreeMap<String, TreeSet<String>> described = new TreeMap<>();
    paths.forEachEntry((path, item) ->
        item.propertyNames().forEach(m -> described.computeIfAbsent(path, p -> new TreeSet<>()).add(m.toUpperCase(Locale.ROOT))));
    TreeMap<String, TreeSet<String>> served = new TreeMap<>();
    Api api = node.api();
    for (Router.Route route : api.router().routes()) {
      served.computeIfAbsent(route.pattern(), p -> new TreeSet<>()).add(route.method());
    }
    assertThat(described).isEqualTo(served);
  }

  @Test
  void everyFieldThatIsAnsweredIsInTheOpenApiDocument() throws Exception {
    Publication source = node.publish(KEY);
    node.session(Session.Type.FLV_PLAY, KEY, (code, why) -> {}).detail("via", "abc");
    JsonNode schemas = node.get("/api/v1/openapi.json").path("components").path("schemas");
    Map<String, JsonNode> samples =
        Map.of(
            "Stream", node.get("/api/v1/streams").path("streams").get(0),
            "Client", node.get("/api/v1/clients").path("clients").get(0),
            "Vhost", node.get("/api/v1/vhosts").path("vhosts").get(0),
            "Node", node.get("/api/v1/nodes").path("nodes").get(0),
            "Self", node.get("/api/v1/summaries").path("data").path("self"),
            "Versions", node.get("/api/v1/versions").path("data"),
            "Ready", node.get("/health/ready"));
    node.links = List.of(TopologyTest.link(TopologyTest.at("far-0", "far", 1)));
    samples = new TreeMap<>(samples);
    samples.put("StreamTree", node.get("/api/v1/topology/streams/live/x"));
    samples.put("Topology", node.get("/api/v1/topology"));
    samples.put("NodeTopology", node.get("/api/v1/topology?scope=node"));
    samples.put("TopologyNode", samples.get("NodeTopology").path("node"));
    samples.put("SessionWay", node.get("/api/v1/topology/sessions/" + source.session().id()));
    samples.forEach(
        (name, sample) ->
            assertThat(schemas.path(name).path("properties").propertyNames())
                .as(name)
                .containsAll(
                    sample.propertyNames().stream().filter(field -> !ENVELOPE.contains(field)).toList()));
    source.close();
  }

  @Test
  void theApiPageHasEveryRoute() throws Exception {
    String page = Docs.page("api.md");
    Api api = node.api();
    for (Router.Route route : api.router().routes()) {
      assertThat(page).contains("| `" + route.method() + ' ' + route.pattern() + "` |");
    }
  }

  @Test
  void theMetricsPageHasEveryMetricOfOursAndNoOther() throws Exception {
    Publication source = node.publish(KEY);
    Session player = node.session(Session.Type.FLV_PLAY, KEY, (code, why) -> {});
    RecordingSink sink = new RecordingSink(source.stream().loop());
    Reader reader = new Reader(sink, TestForm.INSTANCE, TrackFilter.ALL, 0, player);
    node.registry.play(KEY, reader);
    for (long dts = 0; dts <= 1_000; dts += 40) {
      source.frame(Frames.key(dts));
    }
    source.stream().loop().submit(() -> {}).sync();
    assertThat(sink.got()).isNotEmpty();
    node.metrics.watch(node.loops.group());
    node.links = List.of(TopologyTest.link(TopologyTest.at("far-0", "far", 1), TopologyTest.crossing(true, "a", "b")));
    String scrape = node.request("GET", "/metrics", Map.of()).body();
    TreeSet<String> told = new TreeSet<>();
    Matcher types = Pattern.compile("(?m)^# TYPE (sluice_\\S+)").matcher(scrape);
    while (types.find()) {
      told.add(types.group(1));
    }
    TreeSet<String> described = new TreeSet<>();
    Matcher rows = Pattern.compile("(?m)^\\| `(sluice_[a-z_]+)` \\|").matcher(Docs.page("metrics.md"));
    while (rows.find()) {
      described.add(rows.group(1));
    }
    assertThat(described).isEqualTo(told);
    source.stream().loop().submit(reader::close).sync();
    source.close();
  }
}
