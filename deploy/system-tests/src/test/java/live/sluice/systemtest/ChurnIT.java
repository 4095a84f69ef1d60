package live.sluice.systemtest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import live.sluice.systemtest.kit.Api;
import live.sluice.systemtest.kit.Bench;
import live.sluice.systemtest.kit.Cluster;
import live.sluice.systemtest.kit.Lab;
import live.sluice.systemtest.kit.NodeProcess;
import live.sluice.systemtest.kit.Poll;
import live.sluice.systemtest.kit.Proc;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;

/**
 * WHEP players that come and go, twenty a second for half an hour, and what is left of them. {@code sluice.soak} sets
 * another time, such as {@code PT2M}.
 */
@Tag("soak")
class ChurnIT {

  @RegisterExtension static final Lab LAB = new Lab();

  private static final Duration TIME = Duration.parse(System.getProperty("sluice.soak", "PT30M"));
  private static final Duration SOON = Duration.ofSeconds(30);
  private static final int PLAYERS = 20;

  /** What a node has when it is at rest. */
  private record Rest(long heap, long direct, long threads, long files, long rss) {}

  @Test
  void players_that_came_and_went_leave_nothing_behind() throws Exception {
    Cluster cluster = Cluster.start(LAB, 1, 1, List.of(), true);
    NodeProcess origin = cluster.origin(0);
    NodeProcess edge = cluster.edge(0);
    Bench publish = Bench.start(LAB, "publish", origin.whip("live/churn").toString(), "--bitrate", "100k");
    Poll.until("the stream is live", SOON, () -> new Api(origin).isLive("live/churn"));
    // What is made once, and kept, is made.
    churn(origin, edge, Duration.ofSeconds(40));
    List<Rest> before = List.of(rest(origin, 2), rest(edge, 0));
    List<JsonNode> played = churn(origin, edge, TIME);
    List<Rest> after = List.of(rest(origin, 2), rest(edge, 0));
    System.out.println("origin before " + before.getFirst() + ", after " + after.getFirst());
    System.out.println("edge before " + before.getLast() + ", after " + after.getLast());
    for (JsonNode play : played) {
      assertThat(play.path("players").asLong()).isGreaterThan(8 * TIME.toSeconds());
      assertThat(play.path("failed").asInt() + play.path("disconnected").asInt()).isZero();
    }
    for (int i = 0; i < before.size(); i++) {
      assertThat(after.get(i).heap()).as("heap").isLessThan(before.get(i).heap() + (8 << 20));
      // It is counted in chunks of 4 MiB; a packet left behind by each player would be ten of them.
      assertThat(after.get(i).direct()).as("direct memory").isLessThan(before.get(i).direct() + (16 << 20));
      assertThat(after.get(i).threads()).as("threads").isLessThan(before.get(i).threads() + 5);
      assertThat(after.get(i).files()).as("open files").isLessThan(before.get(i).files() + 5);
    }
    publish.stop();
    publish.awaitExit();
  }

  /** What the players at each node did. */
  private static List<JsonNode> churn(NodeProcess origin, NodeProcess edge, Duration time) {
    List<Bench> players = Stream.of(origin, edge)
        .map(node -> Bench.start(LAB, "play", node.whep("live/churn").toString(), "--count", "" + PLAYERS, "--ramp", "10",
            "--warmup", "1s", "--for", time.toSeconds() + "s", "--churn", "10/s"))
        .toList();
    List<JsonNode> figures = new ArrayList<>();
    for (Bench each : players) {
      each.awaitExit(time.plusMinutes(2));
      JsonNode play = each.figures().path("play");
      System.out.println(play.path("players").asInt() + " players, " + play.path("failed").asInt() + " failed, "
          + play.path("disconnected").asInt() + " disconnected, join " + play.path("joinKeyframeMs"));
      figures.add(play);
    }
    return figures;
  }

  private static Rest rest(NodeProcess node, int sessions) throws Exception {
    Api api = new Api(node);
    // A publisher, and at the origin a node that has not let go yet; nobody else.
    Poll.until("all players have left " + node, SOON, () -> api.clients().size() <= sessions);
    Poll.quiet("the streams of " + node, Duration.ofSeconds(6), SOON, () -> api.clients().size());
    String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
    for (int i = 0; i < 2; i++) {
      Proc.run(LAB.file("gc.log"), SOON, List.of(jcmd, "" + node.process().pid(), "GC.run"), Map.of());
    }
    return new Rest((long) api.metric("jvm_memory_used_bytes", "area=\"heap\""), (long) api.metric("sluice_direct_memory_bytes"),
        (long) api.metric("jvm_threads_live_threads"), count(node, "fd"), rss(node));
  }

  private static long count(NodeProcess node, String folder) throws IOException {
    try (Stream<Path> entries = Files.list(Path.of("/proc", "" + node.process().pid(), folder))) {
      return entries.count();
    }
  }

  private static long rss(NodeProcess node) throws IOException {
    try (Stream<String> lines = Files.lines(Path.of("/proc", "" + node.process().pid(), "status"))) {
      return lines.filter(line -> line.startsWith("VmRSS:")).mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) << 10)
          .findFirst().orElseThrow();
    }
  }
}
