package live.sluice.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import live.sluice.media.ErrorCode;
import live.sluice.media.NodeInfo;
import live.sluice.media.SluiceException;
import live.sluice.media.testing.Await;
import live.sluice.node.config.ConfigLoader;
import live.sluice.node.config.NodeConfig;
import live.sluice.node.state.Lifecycle;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NodeTest {

  static NodeConfig config(String... settings) {
    List<String> all = new ArrayList<>();
    for (String section : List.of("rtmp", "http", "api", "rtc", "hop")) {
      all.add(section + ".listen=127.0.0.1");
      all.add(section + ".port=0");
    }
    all.addAll(List.of("node.host=127.0.0.1", "node.drain-deadline=0s"));
    all.addAll(List.of(settings));
    return ConfigLoader.load(null, Map.of(), all).config();
  }

  private static int status(int port, String path) throws Exception {
    return get(port, path).statusCode();
  }

  private static HttpResponse<String> get(int port, String path) throws Exception {
    try (HttpClient http = HttpClient.newHttpClient()) {
      HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).build();
      return http.send(request, HttpResponse.BodyHandlers.ofString());
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return probe.getLocalPort();
    }
  }

  /** Ports that differ: each is held until all are found. */
  private static int[] freePorts(int count) throws IOException {
    if (count == 0) {
      return new int[0];
    }
    try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      int[] others = freePorts(count - 1);
      int[] ports = Arrays.copyOf(others, count);
      ports[count - 1] = probe.getLocalPort();
      return ports;
    }
  }

  @Test
  void aNodeAloneOpensItsPortsAndIsReady() throws Exception {
    Node node = Node.start(config("node.name=alone"), NodeInfo.Role.ORIGIN);
    try (node) {
      assertThat(node.state()).isEqualTo(Lifecycle.RUNNING);
      assertThat(node.self().id()).isEqualTo("alone");
      assertThat(status(node.self().apiPort(), "/health/ready")).isEqualTo(200);
      assertThat(status(node.self().httpPort(), "/")).isEqualTo(200);
      try (Socket rtmp = new Socket(InetAddress.getLoopbackAddress(), node.self().rtmpPort())) {
        assertThat(rtmp.isConnected()).isTrue();
      }
    }
    assertThat(node.state()).isEqualTo(Lifecycle.STOPPED);
    assertThatThrownBy(() -> status(node.self().apiPort(), "/health/live")).isInstanceOf(ConnectException.class);
  }

  @Test
  void aDrainingNodeIsNotReadyAndRefusesPlayers() throws Exception {
    try (Node node = Node.start(config("node.drain-deadline=0s"), NodeInfo.Role.EDGE)) {
      node.drain();
      assertThat(node.state()).isEqualTo(Lifecycle.DRAINING);
      assertThat(status(node.self().apiPort(), "/health/ready")).isEqualTo(503);
      assertThat(status(node.self().apiPort(), "/health/live")).isEqualTo(200);
      assertThat(status(node.self().httpPort(), "/live/x.flv")).isEqualTo(503);
    }
  }

  @Test
  void aPlayerIsWaitedForAndThenEnded() throws Exception {
    Node node = Node.start(config("node.drain-deadline=300ms"), NodeInfo.Role.ORIGIN);
    try (node;
        Socket player = new Socket(InetAddress.getLoopbackAddress(), node.self().httpPort())) {
      player.setSoTimeout(10_000);
      player.getOutputStream().write("GET /live/x.flv HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      Await.until(
          "the player has joined",
          () -> get(node.self().apiPort(), "/api/v1/streams").body().contains("\"readers\":1"));
      long start = System.nanoTime();
      node.drain();
      assertThat(System.nanoTime() - start).isGreaterThan(TimeUnit.MILLISECONDS.toNanos(250));
      Thread.ofVirtual().start(node::close);
      assertThat(player.getInputStream().readAllBytes()).as("the connection ends").isNotNull();
    }
  }

  @Test
  void aNodeThatCanWriteNothingTemporaryStartsAllTheSame(@TempDir Path folder) throws Exception {
    Path file = Files.createFile(folder.resolve("no-folder"));
    String before = System.setProperty("java.io.tmpdir", file.toString());
    try (Node node = Node.start(config(), NodeInfo.Role.ORIGIN)) {
      assertThat(status(node.self().apiPort(), "/health/ready")).isEqualTo(200);
    } finally {
      System.setProperty("java.io.tmpdir", before);
    }
  }

  @Test
  void aReloadTellsWhatHoldsNowAndWhatNeedsARestart() throws Exception {
    try (Node node = Node.start(config("latency=balanced"), NodeInfo.Role.ORIGIN)) {
      assertThat(node.reload(config("latency=balanced"))).isEqualTo(new Reload(List.of(), List.of()));
      NodeConfig next =
          config("latency=realtime", "vhosts={live.example.com: {}}", "hls.window=9", "cluster.secret=hush");
      Reload reload = node.reload(next);
      assertThat(reload.applied()).containsExactly("latency", "vhosts");
      assertThat(reload.pending()).containsExactly("cluster.secret", "hls.window");
      assertThat(get(node.self().apiPort(), "/api/v1/vhosts/live.example.com").body())
          .contains("\"latency\":\"realtime\"");
    }
  }

  @Test
  void aPortThatIsTakenIsToldAndNothingIsLeftOpen() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      int free = freePort();
      NodeConfig config = config("api.port=" + taken.getLocalPort(), "rtmp.port=" + free);
      assertThatThrownBy(() -> Node.start(config, NodeInfo.Role.ORIGIN))
          .isInstanceOfSatisfying(SluiceException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.LISTEN_FAILED))
          .hasMessageContaining("api.port");
      new ServerSocket(free, 1, InetAddress.getLoopbackAddress()).close();
    }
  }

  @Test
  void withACertificateThereAreSecurePorts(@TempDir Path folder) throws Exception {
    Pem pem = Pem.make(folder);
    int[] ports = freePorts(3);
    NodeConfig config =
        config("tls.certificate=" + pem.certificate(), "tls.key=" + pem.key(), "rtmp.tls-port=" + ports[0],
            "http.tls-port=" + ports[1], "api.tls-port=" + ports[2]);
    try (Node node = Node.start(config, NodeInfo.Role.ORIGIN); HttpClient http = pem.client()) {
      for (String url : List.of("https://localhost:" + ports[1] + "/", "https://localhost:" + ports[2] + "/health/live")) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url)).build();
        assertThat(http.send(request, HttpResponse.BodyHandlers.ofString()).statusCode()).as(url).isEqualTo(200);
      }
      assertThat(node.state()).isEqualTo(Lifecycle.RUNNING);
    }
  }
}
