package live.sluice.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The commands as a user runs them, each a process of its own, before nodes that are stand-ins. */
@Timeout(120)
class UpAndDownTest {
  @TempDir private Path checkout;

  private int base;

  @BeforeEach
  void aDistributionOfStubs() throws IOException {
    Path bin = Files.createDirectories(checkout.resolve("dist/bin"));
    for (String kind : List.of("origin", "edge")) {
      Path script = bin.resolve("sluice-" + kind);
      Files.writeString(
          script,
          "#!/bin/sh\nexec '%s' -XX:TieredStopAtLevel=1 -cp '%s' live.sluice.launcher.StubNode \"$@\"\n"
              .formatted(java(), System.getProperty("java.class.path")));
      Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
    base = freeBase();
  }

  @AfterEach
  void nothingIsLeft() throws Exception {
    sluice("down");
  }

  @Test
  void aDetachedClusterAnswersUntilItIsTakenDown() throws Exception {
    Processes.Outcome up = sluice("up", "--detach", "--no-nginx", "--edges", "1");
    assertThat(up.status()).as(up.output()).isZero();
    assertThat(up.output())
        .contains("rtmp://127.0.0.1:" + base + "/live/x", "edge-0")
        .contains("http://127.0.0.1:" + (base + 2) + "/live/x/whip", "http://127.0.0.1:" + (base + 102) + "/live/x/whep")
        .contains("http://127.0.0.1:" + (base + 1) + "/whep.html?stream=live/x&autostart=1");

    Processes.Outcome status = sluice("status", "--json");
    assertThat(status.status()).isZero();
    JsonNode nodes = JsonMapper.builder().build().readTree(status.output()).path("nodes");
    assertThat(nodes.size()).isEqualTo(2);
    assertThat(nodes.path(1).path("name").asString()).isEqualTo("edge-0");
    assertThat(nodes.path(1).path("region").asString()).isEqualTo("lab");
    assertThat(nodes.path(1).path("players").asInt()).isEqualTo(7);
    assertThat(sluice("logs").output()).contains("edge-0   | stub is ready");

    Processes.Outcome again = sluice("up", "--detach", "--no-nginx");
    assertThat(again.status()).isEqualTo(1);
    assertThat(again.output()).contains("up already");

    List<ProcessIdentity> processes = home().read().orElseThrow().processes();
    assertThat(sluice("down").status()).isZero();
    assertThat(processes).hasSize(2).noneMatch(ProcessIdentity::isAlive);
    assertThat(home().directory()).doesNotExist();
    assertThat(sluice("status").status()).isEqualTo(3);
  }

  @Test
  void aClusterWithoutWebRtcTellsOfNone() throws Exception {
    Path config = checkout.resolve("plain.yaml");
    Files.writeString(config, "rtc: {enabled: false}\n");
    Processes.Outcome up = sluice("up", "--detach", "--no-nginx", "--edges", "0", "--config", config.toString());
    assertThat(up.status()).as(up.output()).isZero();
    assertThat(up.output()).contains("rtmp://127.0.0.1:" + base + "/live/x").doesNotContainIgnoringCase("whip");
    assertThat(up.output()).doesNotContainIgnoringCase("whep").doesNotContainIgnoringCase("webrtc");
    assertThat(sluice("status").output()).doesNotContain("udp://");
  }

  @Test
  void aNodeThatEndsWhileStartingIsToldWithItsLogAndAllIsCleanedUp() throws Exception {
    Path config = checkout.resolve("bad.yaml");
    Files.writeString(config, "fail: {yes: true}\n");
    Processes.Outcome up = sluice("up", "--detach", "--no-nginx", "--config", config.toString());
    assertThat(up.status()).isEqualTo(1);
    assertThat(up.output()).contains("ended while starting").contains("E-STUB told to fail");
    assertThat(home().directory()).doesNotExist();
  }

  @Test
  void aTakenPortIsNamed() throws Exception {
    try (ServerSocket taken = new ServerSocket(base + 1, 1, InetAddress.getLoopbackAddress())) {
      Processes.Outcome up = sluice("up", "--detach", "--no-nginx");
      assertThat(up.status()).isEqualTo(1);
      assertThat(up.output()).contains("port " + taken.getLocalPort());
    }
    assertThat(home().directory()).doesNotExist();
  }

  @Test
  void aPortOfUdpThatIsTakenIsNamed() throws Exception {
    try (DatagramSocket taken = new DatagramSocket(base + 3, InetAddress.getLoopbackAddress())) {
      Processes.Outcome up = sluice("up", "--detach", "--no-nginx");
      assertThat(up.status()).isEqualTo(1);
      assertThat(up.output()).contains("port " + taken.getLocalPort());
    }
    assertThat(home().directory()).doesNotExist();
  }

  @Test
  void aSignalToTheForegroundStopsEverything() throws Exception {
    Process up = start("up", "--no-nginx", "--edges", "1");
    Await.until("the cluster runs", () -> sluice("status").ok());
    List<ProcessIdentity> processes = home().read().orElseThrow().processes();
    up.destroy();
    assertThat(up.waitFor(20, TimeUnit.SECONDS)).isTrue();
    assertThat(processes).hasSize(2).noneMatch(ProcessIdentity::isAlive);
    assertThat(home().directory()).doesNotExist();
  }

  @Test
  void downEndsTheForegroundToo() throws Exception {
    Process up = start("up", "--no-nginx", "--edges", "0");
    Await.until("the cluster runs", () -> sluice("status").ok());
    assertThat(sluice("down").status()).isZero();
    assertThat(up.waitFor(20, TimeUnit.SECONDS)).isTrue();
    assertThat(home().directory()).doesNotExist();
  }

  @Test
  void downLeavesAloneWhatIsStarting() throws Exception {
    home().create();
    try (FileLock lock = home().lock()) {
      assertThat(lock).isNotNull();
      Processes.Outcome down = sluice("down");
      assertThat(down.status()).isEqualTo(1);
      assertThat(down.output()).contains("is starting");
      assertThat(home().directory()).exists();
    }
  }

  @Test
  void downForgetsNothingThatItCannotRead() throws Exception {
    home().create();
    Path state = home().directory().resolve("cluster.json");
    Files.writeString(state, "{");
    Processes.Outcome down = sluice("down");
    assertThat(down.status()).isEqualTo(1);
    assertThat(down.output()).contains("cannot read " + state);
    assertThat(state).exists();
  }

  private ClusterHome home() {
    return new ClusterHome(checkout, new PortPlan(base));
  }

  private Process start(String... arguments) throws IOException {
    Path output = Files.createTempFile(checkout, "output", "");
    return new ProcessBuilder(command(arguments)).redirectErrorStream(true).redirectOutput(output.toFile()).start();
  }

  private Processes.Outcome sluice(String... arguments) {
    return Processes.run(command(arguments), Map.of(), Duration.ofSeconds(60));
  }

  private List<String> command(String... arguments) {
    List<String> command = new ArrayList<>(List.of(java(), "-XX:TieredStopAtLevel=1"));
    command.addAll(List.of("-Dsluice.checkout=" + checkout, "-Dsluice.distribution=" + checkout.resolve("dist")));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), "live.sluice.launcher.Main"));
    command.addAll(List.of(arguments));
    command.addAll(List.of("--base-port", Integer.toString(base)));
    return command;
  }

  private static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }

  /** Finds a stretch of ports that nothing listens on; below the kernel's own range, so that none is taken meanwhile. */
  private static int freeBase() {
    for (int candidate = 21000 + (int) (ProcessHandle.current().pid() % 50) * 100; candidate < 32000; candidate += 300) {
      ClusterPlan plan = ClusterPlan.of(1, 2, new PortPlan(candidate), "127.0.0.1");
      List<Integer> ports = new ArrayList<>();
      plan.nodes().forEach(node -> ports.addAll(node.ports().listening(node.role())));
      if (Addresses.taken("127.0.0.1", ports).isEmpty()) {
        return candidate;
      }
    }
    throw new AssertionError("no free ports");
  }
}
