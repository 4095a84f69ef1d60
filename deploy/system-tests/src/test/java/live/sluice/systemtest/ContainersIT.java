package live.sluice.systemtest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import live.sluice.systemtest.kit.Lab;
import live.sluice.systemtest.kit.Poll;
import live.sluice.systemtest.kit.Proc;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * The image is built and the Compose file started, where a container engine runs and the base images are to be had
 * (SLUICE_BASE and SLUICE_NGINX_IMAGE name others). What is asked is asked from within the containers, so that no port of
 * this machine is needed.
 */
class ContainersIT {

  private static final Duration BUILD = Duration.ofMinutes(5);
  private static final Duration START = Duration.ofMinutes(3);
  private static final Duration ASK = Duration.ofSeconds(20);
  private static final List<String> NODES = List.of("origin-0", "origin-1", "edge-0", "edge-1", "edge-2");

  @RegisterExtension static final Lab LAB = new Lab();

  private final List<String> compose = new ArrayList<>();

  @BeforeEach
  void anEngineAndImages() throws IOException {
    assumeTrue(succeeds(List.of("docker", "info")), "no container engine runs here");
    List<String> program = succeeds(List.of("docker", "compose", "version"))
        ? List.of("docker", "compose") : List.of("docker-compose");
    assumeTrue(succeeds(List.of(program.getFirst(), "version")), "Compose is not here");
    for (String image : List.of(image("SLUICE_BASE", "eclipse-temurin:25-jre"),
        image("SLUICE_NGINX_IMAGE", "nginx:stable"))) {
      assumeTrue(succeeds(List.of("docker", "image", "inspect", image)) || succeeds(List.of("docker", "pull", image)),
          image + " is not to be had here");
    }
    Path directory = Lab.repository().resolve("deploy/container");
    Path withoutPorts = LAB.file("compose.yaml");
    Files.writeString(withoutPorts,
        Files.readString(directory.resolve("compose.yaml")).replaceAll("(?m)^    ports:\n(      - .*\n)+", ""));
    compose.addAll(program);
    compose.addAll(List.of("--project-directory", directory.toString(), "-f", withoutPorts.toString(),
        "-p", "sluice-it-" + ProcessHandle.current().pid()));
  }

  @AfterEach
  void nothingIsLeft() {
    if (!compose.isEmpty()) {
      run(START, "down", "--volumes", "--timeout", "5");
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
    return Proc.run(LAB.file("compose.log"), limit, command, Map.of("SLUICE_CLUSTER_SECRET", "of-this-test-alone"));
  }

  private static boolean succeeds(List<String> command) {
    try {
      Proc.run(LAB.file("probe.log"), BUILD, command, Map.of());
      return true;
    } catch (AssertionError | RuntimeException no) {
      return false;
    }
  }

  private static String image(String variable, String standard) {
    return System.getenv().getOrDefault(variable, standard);
  }
}
