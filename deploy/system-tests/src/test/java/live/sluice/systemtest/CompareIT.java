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
import live.sluice.systemtest.kit.Lab;
import live.sluice.systemtest.kit.Needs;
import live.sluice.systemtest.kit.Proc;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Comparisons end well and yield figures that can be true; how good they are is for a machine that does nothing else. */
@Tag("sharing")
class CompareIT {

  @RegisterExtension static final Lab LAB = new Lab();

  private static final Duration LIMIT = Duration.ofMinutes(3);

  @Test
  void sluice_and_the_floor_are_compared() throws Exception {
    Needs.rootWith("cc");
    JsonNode results = compare("flv", "--servers", "floor,sluice", "--latency", "throughput");

    for (String entrant : List.of("floor", "sluice")) {
      JsonNode figures = results.path("figures").path(entrant);
      // 50 players of 400 kb/s; a floor that plays 4 s in a loop may differ by a keyframe.
      assertThat(median(figures, "gbps")).as(entrant).isBetween(0.014, 0.03);
      assertThat(median(figures, "cpu")).as(entrant).isBetween(0.0, 200.0);
      assertThat(median(figures, "rss")).as(entrant).isBetween(0.5, 2_000.0);
      // The window is 350 ms, and the floor is as late as any server.
      assertThat(median(figures, "latency_p99")).as(entrant).isBetween(50.0, 5_000.0);
      assertThat(median(figures, "lost")).as(entrant).isZero();
    }
    assertThat(median(results.path("figures").path("sluice"), "cpu")).isPositive();
    assertThat(median(results.path("ratios").path("sluice"), "gbps")).isBetween(0.7, 1.4);
    assertThat(results.path("turns").size()).isEqualTo(2);
    assertThat(results.path("machine").path("cores").asInt()).isPositive();
  }

  @Test
  void sluice_and_nginx_rtmp_are_compared() throws Exception {
    Needs.rootWith("nginx");
    JsonNode results = compare("rtmp", "--servers", "nginx-rtmp,sluice", "--latency", "balanced");

    JsonNode figures = results.path("figures");
    assertThat(median(figures.path("sluice"), "gbps")).isBetween(0.014, 0.03);
    assertThat(median(figures.path("sluice"), "lost")).isZero();
    if (Files.exists(Path.of("/usr/lib/nginx/modules/ngx_rtmp_module.so"))) {
      assertThat(median(figures.path("nginx-rtmp"), "gbps")).isBetween(0.014, 0.03);
      assertThat(median(figures.path("nginx-rtmp"), "lost")).isZero();
    } else {
      assertThat(figures.has("nginx-rtmp")).isFalse();
    }
  }

  /** As the {@code sluice} script runs it, without its step that builds. */
  private static List<String> command(List<String> arguments) throws IOException {
    Path bench = Lab.repository().resolve("deploy/bench/target");
    Path distribution;
    try (Stream<Path> paths = Files.find(Lab.repository().resolve("deploy/dist/target"), 4,
        (path, attributes) -> path.endsWith("bin/sluice-origin"))) {
      distribution = paths.map(path -> path.getParent().getParent()).findFirst()
          .orElseThrow(() -> new AssertionError("the distribution is not built: mvn package"));
    }
    List<String> command = new ArrayList<>(List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx256m", "-XX:+UseSerialGC",
        "--sun-misc-unsafe-memory-access=allow", "--enable-native-access=ALL-UNNAMED",
        "-Dsluice.distribution=" + distribution, "-Dsluice.terminal=false",
        "-cp", bench.resolve("classes") + ":" + bench.resolve("lib") + "/*", "live.sluice.bench.Main"));
    command.addAll(arguments);
    return command;
  }

  private static double median(JsonNode figures, String metric) {
    assertThat(figures.has(metric)).as(metric + " of " + figures).isTrue();
    return figures.path(metric).path("median").asDouble();
  }

  /** Runs a comparison, and sees that nothing of what it started is left. */
  private static JsonNode compare(String load, String... more) throws IOException {
    Path json = LAB.file(load + "-compared.json");
    List<String> arguments = new ArrayList<>(List.of(
        "compare", "--load", load, "--players", "50", "--bitrate", "400k", "--rounds", "1", "--warmup", "500ms",
        "--measure", "1s", "--json", json.toString()));
    arguments.addAll(List.of(more));
    Proc compare = LAB.keep(Proc.start("compare", LAB.file(load + "-compare.log"), command(arguments), Map.of()));
    assertThat(compare.awaitExit(LIMIT)).as(compare.output()).isZero();
    assertThat(compare.output()).contains("median (least-most)");
    assertThat(ProcessHandle.allProcesses().filter(process -> process.info().arguments()
        .map(told -> String.join(" ", told).contains("sluice-compare")).orElse(false))).isEmpty();
    return new JsonMapper().readTree(Files.readAllBytes(json));
  }
}
