package live.sluice.systemtest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import live.sluice.systemtest.kit.Clip;
import live.sluice.systemtest.kit.Ffmpeg;
import live.sluice.systemtest.kit.FlvPlayer;
import live.sluice.systemtest.kit.Lab;
import live.sluice.systemtest.kit.Launcher;
import live.sluice.systemtest.kit.Needs;
import live.sluice.systemtest.kit.Poll;
import live.sluice.systemtest.kit.Proc;
import live.sluice.systemtest.kit.UdpProbe;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * {@code ./sluice lab} as a user has it: two regions with a long way between them, that is measured by datagrams of
 * programs which run in the regions.
 */
class LabIT {

  @RegisterExtension static final Lab LAB = new Lab();

  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final String NAME = "it" + Integer.toString(ThreadLocalRandom.current().nextInt(36 * 36, 36 * 36 * 36), 36);
  private static final int PORT = 9000;
  private static final String EU = "eu";
  private static final String US = "us";

  private static JsonNode regions;

  @BeforeAll
  static void up() {
    Needs.rootWith("ip", "nsenter");
    lab("up", "--regions", "eu,us", "--nodes", "2", "--delay", "30", "--rate", "500", "--seed", "1", "--detach");
    regions = status().path("regions");
  }

  @AfterAll
  static void down() {
    lab("down");
    assertThat(lines("ip", "netns", "list")).noneMatch(line -> line.startsWith("sluice-" + NAME + "-"));
    assertThat(lines("ip", "-o", "link")).noneMatch(line -> line.contains(" " + NAME + "-"));
    assertThat(folder()).doesNotExist();
    assertThat(lab("down")).contains("No laboratory " + NAME + " is up");
  }

  @Test
  void status_tells_regions_nodes_and_where_they_answer() {
    JsonNode status = status();
    List<String> told = new ArrayList<>();
    for (JsonNode region : status.path("regions")) {
      for (JsonNode node : region.path("nodes")) {
        told.add(region.path("name").asString() + ' ' + node.path("name").asString() + ' ' + node.path("role").asString());
        assertThat(node.path("urls").path("rtmp").asString()).matches("rtmp://10\\.[0-9.]+:1935");
        assertThat(node.path("urls").path("http").asString()).matches("http://10\\.[0-9.]+:8080");
        assertThat(node.path("urls").path("api").asString()).matches("http://10\\.[0-9.]+:1985");
      }
    }
    assertThat(told).containsExactly(
        "eu eu-origin-0 origin", "eu eu-edge-0 edge", "us us-origin-0 origin", "us us-edge-0 edge");
    assertThat(link(status, EU, US).path("rate").asDouble()).isEqualTo(500);
  }

  @Test
  void a_command_runs_in_a_region_as_it_would_in_its_callers_shell() {
    Path here = Path.of("").toAbsolutePath();
    Proc inside = LAB.keep(Proc.start("exec", LAB.file("exec.log"),
        exec(EU, List.of("sh", "-c", "pwd; echo $MARK; ip -br addr show lan; exit 7")), Map.of("MARK", "of the caller")));
    assertThat(inside.awaitExit(LIMIT)).isEqualTo(7);
    assertThat(inside.output()).contains(here.toString(), "of the caller", address(EU, 0));
    Proc mistake = LAB.keep(Proc.start("exec", LAB.file("exec.log"), exec("mars", List.of("true")), Map.of()));
    assertThat(mistake.awaitExit(LIMIT)).isEqualTo(1);
    assertThat(mistake.output()).contains("there is no region mars");
  }

  @Test
  void a_stream_that_is_published_in_a_region_plays_there() {
    LAB.keep(Proc.start("publisher", LAB.file("publish.log"), exec(EU, Ffmpeg.command(List.of("-re", "-stream_loop", "-1",
        "-i", Clip.BBB.file().toString(), "-c", "copy", "-f", "flv", "rtmp://" + address(EU, 0) + "/live/x"))),
        Ffmpeg.environment()));
    FlvPlayer player = LAB.keep(FlvPlayer.play(URI.create("http://" + address(EU, 1) + ":8080/live/x.flv")));
    Poll.until("it plays at the edge", Duration.ofSeconds(20), () -> player.frames() > 30, player);
  }

  @Test
  void the_way_between_regions_is_as_long_as_was_asked_and_within_one_there_is_none() {
    Proc echo = background(US, "echo", address(US, 0));
    assertThat(least(ping(EU, address(US, 0)))).isCloseTo(60, within(1.0));
    assertThat(least(ping(US, address(US, 0)))).isLessThan(1);
    lab("set", "--delay", "10", "--between", EU, US, "--one-way");
    assertThat(least(ping(EU, address(US, 0)))).isCloseTo(40, within(1.0));
    lab("set", "--delay", "30");
    echo.close();
  }

  @Test
  void a_cut_of_one_direction_leaves_the_other_and_heal_ends_all() {
    Proc echo = background(US, "echo", address(US, 0));
    lab("cut", EU, US, "--one-way");
    Proc count = background(EU, "count", address(EU, 0));
    assertThat(ping(EU, address(US, 0), 1)).contains("back 0 ");
    run(US, "send", address(EU, 0), 50);
    assertThat(count.awaitExit(LIMIT)).isZero();
    assertThat(count.output()).contains("{1200=50}");
    JsonNode status = status();
    assertThat(link(status, EU, US).path("cut_drops").asLong()).isPositive();
    assertThat(link(status, EU, US).path("cut").asBoolean()).isTrue();
    assertThat(link(status, US, EU).path("cut").asBoolean()).isFalse();
    assertThat(link(status, US, EU).path("packets").asLong()).isGreaterThanOrEqualTo(50);
    lab("heal");
    assertThat(ping(EU, address(US, 0), 2)).contains("back 2 ");
    echo.close();
  }

  @Test
  void packets_are_lost_each_by_itself_also_those_that_leave_a_sender_as_one() {
    Proc all = background(US, "count", address(US, 1));
    JsonNode before = link(status(), EU, US);
    run(EU, "segments", address(US, 1), 400);
    assertThat(all.awaitExit(LIMIT)).isZero();
    assertThat(all.output()).contains("{1200=400}");
    JsonNode between = link(status(), EU, US);
    // Hops between the regions have packets of their own, many but small: bytes tell that each of these was counted, and once.
    assertThat(between.path("packets").asLong() - before.path("packets").asLong()).isGreaterThanOrEqualTo(400L);
    assertThat(between.path("bytes").asLong() - before.path("bytes").asLong()).isBetween(400 * 1200L, 400 * 1500L);

    lab("set", "--loss", "10", "--between", EU, US, "--one-way");
    Proc some = background(US, "count", address(US, 1));
    run(EU, "segments", address(US, 1), 2000);
    assertThat(some.awaitExit(LIMIT)).isZero();
    JsonNode status = status();
    long lost = link(status, EU, US).path("lost").asLong() - between.path("lost").asLong();
    assertThat(lost).isBetween(140L, 270L);
    assertThat(some.output()).containsPattern("\\{1200=1[78][0-9][0-9]}");
    lab("set", "--loss", "0");
    for (JsonNode region : status.path("wan").path("regions")) {
      assertThat(region.path("oversized").asLong()).isZero();
      assertThat(region.path("overruns").asLong()).isZero();
    }
  }

  @Test
  void a_node_is_killed_and_comes_back() {
    String pid = lab("pid", "us-edge-0").strip();
    assertThat(ProcessHandle.of(Long.parseLong(pid))).get().matches(ProcessHandle::isAlive);
    lab("kill", "us-edge-0", "-9");
    lab("start", "us-edge-0");
    assertThat(lab("pid", "us-edge-0").strip()).isNotEqualTo(pid);
    assertThat(status().path("ready").asBoolean()).isTrue();
  }

  @Test
  void what_a_killed_command_leaves_behind_is_taken_down_and_its_neighbour_stays() {
    String other = NAME + "b";
    Proc up = Launcher.start(LAB, "lab", "up", "--name", other, "--regions", "2", "--nodes", "1");
    Poll.until("nodes are starting", LIMIT, () -> Files.exists(folder(other).resolve("logs/r2-origin-0.log")), up);
    // It alone: what it has started is left.
    ProcessHandle.of(up.pid()).ifPresent(ProcessHandle::destroyForcibly);
    up.awaitExit(LIMIT);
    assertThat(lines("ip", "netns", "list")).anyMatch(line -> line.startsWith("sluice-" + other + "-r2"));
    Proc down = Launcher.start(LAB, "lab", "down", "--name", other);
    assertThat(down.awaitExit(LIMIT)).as(down.output()).isZero();
    assertThat(lines("ip", "netns", "list"))
        .noneMatch(line -> line.startsWith("sluice-" + other + "-"))
        .anyMatch(line -> line.startsWith("sluice-" + NAME + "-eu"));
    assertThat(status().path("ready").asBoolean()).isTrue();
  }

  private static Path folder() {
    return folder(NAME);
  }

  private static Path folder(String name) {
    return Lab.repository().resolve(".sluice/lab-" + name);
  }

  /** Runs a command of the laboratory, which has to succeed, and returns what it said. */
  private static String lab(String command, String... arguments) {
    List<String> all = new ArrayList<>(List.of("lab", command, "--name", NAME));
    all.addAll(List.of(arguments));
    Proc proc = Launcher.start(LAB, all.toArray(String[]::new));
    assertThat(proc.awaitExit(Duration.ofSeconds(150))).as(proc.output()).isZero();
    return proc.output();
  }

  private static JsonNode status() {
    Proc proc = Launcher.start(LAB, "lab", "status", "--json", "--name", NAME);
    proc.awaitExit(LIMIT);
    return new JsonMapper().readTree(proc.output());
  }

  private static JsonNode link(JsonNode status, String from, String to) {
    for (JsonNode link : status.path("links")) {
      if (link.path("from").asString().equals(from) && link.path("to").asString().equals(to)) {
        return link;
      }
    }
    throw new AssertionError("no link from " + from + " to " + to);
  }

  private static String address(String region, int node) {
    for (JsonNode found : regions) {
      if (found.path("name").asString().equals(region)) {
        return found.path("nodes").path(node).path("address").asString();
      }
    }
    throw new AssertionError("no region " + region);
  }

  private static List<String> exec(String region, List<String> command) {
    List<String> all = new ArrayList<>(List.of(Lab.repository().resolve("sluice").toString(), "lab", "exec", "--name", NAME,
        region, "--"));
    all.addAll(command);
    return all;
  }

  private static Proc background(String region, String what, String address) {
    Proc proc = LAB.keep(Proc.start(what, LAB.file(what + ".log"),
        exec(region, UdpProbe.command(what, address, Integer.toString(PORT))), Map.of()));
    Poll.until(what + " listens", LIMIT, () -> proc.output().contains("listens"));
    return proc;
  }

  private static String run(String region, String what, String address, int count) {
    return Proc.run(LAB.file(what + ".log"), LIMIT,
        exec(region, UdpProbe.command(what, address, Integer.toString(PORT), Integer.toString(count))), Map.of());
  }

  private static String ping(String region, String address) {
    return ping(region, address, 20);
  }

  private static String ping(String region, String address, int count) {
    return run(region, "ping", address, count);
  }

  /** The least round trip in ms: on a busy machine the programs are late more often than the way is. */
  private static double least(String told) {
    return Double.parseDouble(told.strip().substring(told.indexOf("least ") + "least ".length()));
  }

  private static List<String> lines(String... command) {
    return Proc.run(LAB.file("ip.log"), LIMIT, List.of(command), Map.of()).lines().toList();
  }
}
