package live.sluice.systemtest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import live.sluice.systemtest.kit.Distribution;
import live.sluice.systemtest.kit.HttpConnection;
import live.sluice.systemtest.kit.Lab;
import live.sluice.systemtest.kit.Poll;
import live.sluice.systemtest.kit.Ports;
import live.sluice.systemtest.kit.Proc;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * A node as its start script starts it, with the start-up cache that {@code sluice-train} makes. The JVM says nothing of
 * a cache that it does not use; told that it must use one, it starts with it or not at all. The bounds are for machines
 * that do other things besides; docs/benchmarks/start.md has what is to be reached.
 */
class StartIT {

  private static final String CACHE_OR_NOTHING = "-XX:AOTMode=on";
  private static final Duration READY = Duration.ofSeconds(3);
  private static final int IDLE_MB = 200;
  private static final int TRIES = 5;

  @RegisterExtension static final Lab LAB = new Lab();

  private record Started(Proc process, Duration after) {}

  @BeforeAll
  static void the_cache_is_made() {
    Proc.run(LAB.file("train.log"), Duration.ofMinutes(3),
        List.of(Distribution.folder().resolve("bin/sluice-train").toString()), environment(""));
  }

  private static Map<String, String> environment(String options) {
    return Map.of("JAVA_OPTS", options,
        "SLUICE_JAVA", Path.of(System.getProperty("java.home"), "bin", "java").toString());
  }

  @Test
  void an_origin_starts_from_the_cache_and_is_soon_ready() throws IOException {
    quicklyReady("origin", Ports.free());
  }

  @Test
  void an_edge_starts_from_the_cache_and_is_soon_ready() throws IOException {
    int clientPort = Ports.free();
    start("origin", clientPort, CACHE_OR_NOTHING);
    quicklyReady("edge", clientPort);
  }

  @Test
  void a_node_whose_flags_are_not_those_of_the_cache_is_told_apart() {
    Proc refused = launch("origin", Ports.free(), Ports.free(), CACHE_OR_NOTHING + " -XX:-UseCompactObjectHeaders");
    assertThat(refused.awaitExit(Duration.ofSeconds(30))).isNotZero();
  }

  private static void quicklyReady(String kind, int clientPort) throws IOException {
    List<Duration> times = new ArrayList<>();
    for (int i = 0; i < TRIES && times.stream().noneMatch(time -> time.compareTo(READY) < 0); i++) {
      Started node = start(kind, clientPort, CACHE_OR_NOTHING);
      times.add(node.after());
      Poll.holds("the " + kind + " is small", Duration.ofSeconds(3), () -> residentMb(node.process()) <= IDLE_MB);
      System.out.println(kind + ": ready after " + node.after().toMillis() + " ms, " + residentMb(node.process())
          + " MB");
      node.process().close();
    }
    assertThat(times).as("time from start to ready").anySatisfy(time -> assertThat(time).isLessThan(READY));
  }

  private static Started start(String kind, int clientPort, String options) {
    int apiPort = Ports.free();
    long begun = System.nanoTime();
    Proc process = launch(kind, apiPort, clientPort, options);
    URI ready = URI.create("http://127.0.0.1:" + apiPort + "/health/ready");
    Poll.until(kind + " is ready", Duration.ofSeconds(30), () -> {
      if (!process.isAlive()) {
        throw new IllegalStateException(process.output());
      }
      return HttpConnection.once(ready, Duration.ofSeconds(5)).status() == 200;
    });
    return new Started(process, Duration.ofNanos(System.nanoTime() - begun));
  }

  private static Proc launch(String kind, int apiPort, int clientPort, String options) {
    int memberPort = Ports.free();
    int hazelcast = kind.equals("edge") ? clientPort : memberPort;
    List<String> command = new ArrayList<>();
    command.add(Distribution.folder().resolve("bin/sluice-" + kind).toString());
    for (String setting : List.of(
        "node.host=127.0.0.1", "node.name=" + kind + '-' + apiPort, "node.drain-deadline=0s",
        "rtmp.listen=127.0.0.1", "rtmp.port=" + Ports.free(), "http.listen=127.0.0.1", "http.port=" + Ports.free(),
        "api.listen=127.0.0.1", "api.port=" + apiPort, "rtc.listen=127.0.0.1", "rtc.port=0", "hop.port=0", "cluster.name=start", "cluster.secret=not-a-secret",
        "cluster.members=127.0.0.1:" + hazelcast, "cluster.member-port=" + memberPort,
        "cluster.client-port=" + (kind.equals("edge") ? Ports.free() : clientPort))) {
      command.addAll(List.of("--set", setting));
    }
    return LAB.keep(Proc.start(kind, LAB.file(kind + ".log"), command, environment(options)));
  }

  private static long residentMb(Proc process) throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc/" + process.pid() + "/status"))) {
      if (line.startsWith("VmRSS:")) {
        return Long.parseLong(line.replaceAll("\\D", "")) / 1024;
      }
    }
    throw new IOException("process " + process.pid() + " has no VmRSS");
  }
}
