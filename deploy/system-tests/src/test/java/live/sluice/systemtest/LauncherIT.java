package live.sluice.systemtest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import live.sluice.systemtest.kit.FlvPlayer;
import live.sluice.systemtest.kit.HlsPlayer;
import live.sluice.systemtest.kit.Lab;
import live.sluice.systemtest.kit.Launcher;
import live.sluice.systemtest.kit.Poll;
import live.sluice.systemtest.kit.Proc;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a person with a fresh machine does, on the distribution that was just built: up, a look at the demo from
 * everywhere, down. Run as the {@code sluice} script runs it, without its step that builds.
 */
@Tag("sharing")
class LauncherIT {

  @RegisterExtension static final Lab LAB = new Lab();

  private final int base = ThreadLocalRandom.current().nextInt(120, 300) * 100;
  private final Path root = Lab.repository();

  @BeforeEach
  void distribution_is_built() {
    assertThat(root.resolve("deploy/launcher/target/classes")).isDirectory();
  }

  @AfterEach
  void down() {
    sluice("down", "--base-port", Integer.toString(base)).awaitExit(Duration.ofSeconds(60));
  }

  @Test
  void a_cluster_goes_up_plays_the_demo_everywhere_and_leaves_nothing_behind() throws Exception {
    long begun = System.nanoTime();
    Proc up = sluice("up", "--detach", "--demo", "--base-port", Integer.toString(base));
    assertThat(up.awaitExit(Duration.ofSeconds(90))).as(up.output()).isZero();
    System.out.println("up, with the demo, took " + Duration.ofNanos(System.nanoTime() - begun));

    JsonNode status = status();
    List<String> names = new ArrayList<>();
    List<URI> urls = new ArrayList<>();
    for (JsonNode node : status.path("nodes")) {
      names.add(node.path("name").asString() + ' ' + node.path("role").asString());
      urls.add(URI.create(node.path("urls").path("http").asString()));
    }
    assertThat(names).containsExactly("origin-0 origin", "edge-0 edge", "edge-1 edge");
    for (URI url : urls) {
      FlvPlayer player = LAB.keep(FlvPlayer.play(url.resolve("/live/demo.flv")));
      Poll.until("the demo plays at " + url, Duration.ofSeconds(15), () -> player.keyframes() > 0);
    }
    HlsPlayer hls = LAB.keep(HlsPlayer.play(URI.create(status.path("nginx").path("url").asString())
        .resolve("/live/demo.m3u8")));
    Poll.until("the demo plays through NGINX", Duration.ofSeconds(20), () -> hls.played().size() >= 2);
    hls.close();
    assertThat(hls.complaints()).isEmpty();

    Proc down = sluice("down", "--base-port", Integer.toString(base));
    assertThat(down.awaitExit(Duration.ofSeconds(60))).as(down.output()).isZero();
    for (int port = base; port < base + 300; port++) {
      assertThat(isOpen(port)).as("port " + port + " is open after down").isFalse();
    }
    assertThat(status().path("nodes").size()).isZero();
  }

  @Test
  void up_tells_which_port_is_taken_and_cleans_up() throws Exception {
    try (ServerSocket taken = new ServerSocket()) {
      taken.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), base + 1));
      Proc up = sluice("up", "--detach", "--no-nginx", "--base-port", Integer.toString(base));
      assertThat(up.awaitExit(Duration.ofSeconds(60))).isNotZero();
      assertThat(up.output()).contains(Integer.toString(base + 1));
    }
    assertThat(isOpen(base)).isFalse();
  }

  private JsonNode status() {
    Proc status = sluice("status", "--json", "--base-port", Integer.toString(base));
    status.awaitExit(Duration.ofSeconds(30));
    String text = status.output();
    return new JsonMapper().readTree(text.substring(text.indexOf('{')));
  }

  private static Proc sluice(String... arguments) {
    return Launcher.start(LAB, arguments);
  }

  private static boolean isOpen(int port) {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 500);
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
