package live.sluice.systemtest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import live.sluice.systemtest.kit.Clip;
import live.sluice.systemtest.kit.ContainerEngine;
import live.sluice.systemtest.kit.Ffmpeg;
import live.sluice.systemtest.kit.FlvPlayer;
import live.sluice.systemtest.kit.FrameHashes;
import live.sluice.systemtest.kit.HlsPlayer;
import live.sluice.systemtest.kit.Lab;
import live.sluice.systemtest.kit.Needs;
import live.sluice.systemtest.kit.Poll;
import live.sluice.systemtest.kit.Proc;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * The image is built and the Compose file started, by an engine of the test's own and on a base image that it makes. Where
 * SLUICE_BASE names a base image, the engine that runs already is used instead, and SLUICE_NGINX_IMAGE names NGINX's image.
 */
@Tag("sharing")
class ContainersIT {

  private static final Duration BUILD = Duration.ofMinutes(5);
  private static final Duration START = Duration.ofMinutes(3);
  private static final Duration ASK = Duration.ofSeconds(20);
  private static final List<String> NODES = List.of("origin-0", "origin-1", "edge-0", "edge-1", "edge-2");

  @RegisterExtension static final Lab LAB = new Lab();

  private final Map<String, String> environment = new HashMap<>();
  private final List<String> compose = new ArrayList<>();
  private boolean ownEngine;
  private String host = "";

  @BeforeEach
  void anEngineAndImages() throws IOException {
    Path directory = Lab.repository().resolve("deploy/container");
    Path file = directory.resolve("compose.yaml");
    String project = "sluice-it-" + ProcessHandle.current().pid();
    environment.put("SLUICE_CLUSTER_SECRET", "of-this-test-alone");
    environment.put("SLUICE_IMAGE", project);
    ownEngine = System.getenv("SLUICE_BASE") == null;
    List<String> program =
        succeeds("docker", "compose", "version") ? List.of("docker", "compose") : List.of("docker-compose");
    if (ownEngine) {
      ContainerEngine.needed();
      Needs.rootWith(program.getFirst());
      ContainerEngine engine = ContainerEngine.start(LAB);
      host = engine.host();
      environment.putAll(engine.environment());
      environment.put("SLUICE_BASE", engine.base());
      environment.put("SLUICE_NGINX_IMAGE", engine.base());
    } else {
      // Ports of this machine are not the test's to take: there, containers are spoken to by their addresses.
      String text = Files.readString(file).replaceAll("(?m)^    ports:\n(      - .*\n)+", "");
      file = Files.writeString(LAB.file("compose.yaml"), text);
    }
    compose.addAll(program);
    compose.addAll(List.of("--project-directory", directory.toString(), "-f", file.toString(), "-p", project));
  }

  @AfterEach
  void nothingIsLeft() {
    if (!compose.isEmpty() && !ownEngine) {
      run(START, "down", "--volumes", "--timeout", "5");
      succeeds("docker", "image", "rm", environment.get("SLUICE_IMAGE"));
    }
  }

  @Test
  void fiveNodesAndNginxRunAsTheComposeFileSays() {
    run(BUILD, "build");
    run(START, "up", "-d");
    for (String node : NODES) {
      Poll.until(node + " is ready", START, () -> said("exec", "-T", node, "sluice-health", "ready") != null);
    }
    Poll.until("all know each other", START, () -> {
      String nodes = get("edge-2", "origin-1", 1985, "/api/v1/nodes");
      return NODES.stream().allMatch(node -> nodes.contains("\"name\":\"" + node + "\""));
    });
    assertThat(get("edge-0", "nginx", 8888, "/nginx/health")).contains("200 OK");
    assertThat(get("edge-0", "nginx", 8888, "/live/nobody.m3u8")).contains("404").contains("X-Cache-Status: MISS");

    Clip clip = Clip.B_FRAMES;
    LAB.keep(
        Ffmpeg.publishLoop(LAB.file("publish.log"), clip.file(), "rtmp://" + at("origin-0", 1935) + "/live/boxed"));
    for (String edge : List.of("edge-0", "edge-1", "edge-2")) {
      Poll.until("plays at " + edge, START, () -> framesOf(edge) > 0);
    }
    Path recording = LAB.file("boxed.ts");
    URI playlist = URI.create("http://" + at("nginx", 8888) + "/live/boxed.m3u8");
    HlsPlayer hls = LAB.keep(HlsPlayer.record(playlist, recording));
    Poll.until("NGINX has segments", START, () -> hls.played().size() >= 2, hls);
    hls.close();
    assertThat(hls.complaints()).isEmpty();
    FrameHashes sent = FrameHashes.of(clip.file(), clip);
    FrameHashes received = FrameHashes.of(recording, clip);
    FrameHashes.run("pictures", loop(sent.video()), received.video());
    FrameHashes.run("sound", loop(sent.audio()), received.audio());
  }

  /** More rounds of the clip than the player may have seen. */
  private static List<FrameHashes.Entry> loop(List<FrameHashes.Entry> clip) {
    return Collections.nCopies(8, clip).stream().flatMap(List::stream).toList();
  }

  /** How many frames a player has read, after a while that is long enough for one that plays. */
  private long framesOf(String edge) {
    try (FlvPlayer player = FlvPlayer.play(URI.create("http://" + at(edge, 8080) + "/live/boxed.flv"))) {
      Poll.until("a keyframe and what follows", ASK, () -> player.ended() || player.frames() > 50);
      return player.keyframes() > 0 ? player.frames() : 0;
    }
  }

  /** Where a port of a service is reached from here: host and port. */
  private String at(String service, int port) {
    if (ownEngine) {
      String published = lastLine(run(ASK, "port", service, Integer.toString(port)));
      return host + published.substring(published.lastIndexOf(':'));
    }
    String container = lastLine(run(ASK, "ps", "-q", service));
    String address = Proc.run(LAB.file("inspect.log"), ASK, List.of("docker", "inspect", "-f",
        "{{range .NetworkSettings.Networks}}{{.IPAddress}}{{end}}", container), environment);
    return lastLine(address) + ':' + port;
  }

  private static String lastLine(String text) {
    return text.lines().filter(line -> !line.isBlank()).reduce("", (before, line) -> line).trim();
  }

  /** The answer to a request that a container sends to another. */
  private String get(String from, String host, int port, String path) {
    String script = "exec 3<>/dev/tcp/" + host + "/" + port + " && printf 'GET " + path
        + " HTTP/1.0\\r\\nHost: " + host + "\\r\\n\\r\\n' >&3 && cat <&3";
    String answer = said("exec", "-T", from, "bash", "-c", script);
    return answer == null ? "" : answer;
  }

  private String said(String... arguments) {
    try {
      return run(ASK, arguments);
    } catch (AssertionError notYet) {
      return null;
    }
  }

  private String run(Duration limit, String... arguments) {
    List<String> command = new ArrayList<>(compose);
    command.addAll(List.of(arguments));
    return Proc.run(LAB.file("compose.log"), limit, command, environment);
  }

  private static boolean succeeds(String... command) {
    try {
      Proc.run(LAB.file("probe.log"), BUILD, List.of(command), Map.of());
      return true;
    } catch (AssertionError | RuntimeException no) {
      return false;
    }
  }
}
