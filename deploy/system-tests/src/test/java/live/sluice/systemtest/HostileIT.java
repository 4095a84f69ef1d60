package live.sluice.systemtest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import live.sluice.media.ErrorCode;
import live.sluice.systemtest.kit.Api;
import live.sluice.systemtest.kit.Clip;
import live.sluice.systemtest.kit.Cluster;
import live.sluice.systemtest.kit.Ffmpeg;
import live.sluice.systemtest.kit.FlvPlayer;
import live.sluice.systemtest.kit.FrameHashes;
import live.sluice.systemtest.kit.HttpConnection;
import live.sluice.systemtest.kit.Lab;
import live.sluice.systemtest.kit.NodeProcess;
import live.sluice.systemtest.kit.Poll;
import live.sluice.systemtest.kit.RawRtmp;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Bad input ends its own session, with a code in the log and a counter, and nothing else: a player beside all of this
 * sees every frame.
 */
class HostileIT {

  @RegisterExtension static final Lab LAB = new Lab();

  private static final Duration SOON = Duration.ofSeconds(15);
  private static Cluster cluster;
  private static NodeProcess origin;
  private static FlvPlayer healthy;
  private static Path recording;

  @BeforeAll
  static void start() {
    cluster = Cluster.start(LAB, 1, 1, List.of("rtmp.handshake-timeout=2s", "rtmp.command-timeout=2s",
        "media.publish-idle=3s", "media.reader-stuck=4s", "media.player-wait=1s"), false);
    origin = cluster.origin(0);
    LAB.keep(Ffmpeg.publishLoop(LAB.file("publish.log"), Clip.BBB.file(), origin.rtmp("live/healthy")));
    recording = LAB.file("healthy.flv");
    healthy = FlvPlayer.record(cluster.edge(0).http("/live/healthy.flv"), recording);
    Poll.until("the healthy player plays", SOON, () -> healthy.keyframes() > 0);
  }

  @AfterAll
  static void the_healthy_player_saw_every_frame() {
    Poll.quiet("the healthy player's last keyframe", Duration.ofMillis(100), SOON, healthy::keyframes);
    healthy.close();
    List<FrameHashes.Entry> sent = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      sent.addAll(FrameHashes.of(Clip.BBB.file(), Clip.BBB).video());
    }
    List<FrameHashes.Entry> received = FrameHashes.of(recording, Clip.BBB).video();
    FrameHashes.run("the healthy player's pictures", sent, received);
    assertThat(healthy.wentBack()).isZero();
    assertThat(healthy.longestPause()).isLessThan(Duration.ofSeconds(2));
  }

  @Test
  void garbage_ends_its_session() throws Exception {
    byte[] garbage = new byte[8192];
    new Random(1).nextBytes(garbage);
    try (RawRtmp client = connect(origin, 0)) {
      ends(origin, ErrorCode.PROTOCOL_ERROR, () -> assertThat(client.bytes(garbage).awaitClosed(SOON)).isTrue());
    }
  }

  @Test
  void garbage_after_a_handshake_ends_its_session() throws Exception {
    byte[] garbage = new byte[200_000];
    new Random(2).nextBytes(garbage);
    try (RawRtmp client = connect(origin, 0)) {
      assertThat(client.handshake().bytes(garbage).awaitClosed(SOON)).isTrue();
    }
  }

  @Test
  void half_a_handshake_ends_after_the_timeout() throws Exception {
    try (RawRtmp client = connect(origin, 0)) {
      ends(origin, ErrorCode.HANDSHAKE_TIMEOUT, () -> assertThat(client.bytes(new byte[] {3, 0, 0}).awaitClosed(SOON)).isTrue());
    }
  }

  @Test
  void a_client_that_says_nothing_after_the_handshake_ends_after_the_timeout() throws Exception {
    try (RawRtmp client = connect(origin, 0)) {
      ends(origin, ErrorCode.HANDSHAKE_TIMEOUT, () -> assertThat(client.handshake().awaitClosed(SOON)).isTrue());
    }
  }

  @Test
  void a_publish_that_sends_nothing_ends_after_the_timeout() throws Exception {
    try (RawRtmp client = connect(origin, 0)) {
      ends(origin, ErrorCode.PUBLISH_IDLE,
          () -> assertThat(client.handshake().publish("live", "silent").awaitClosed(SOON)).isTrue());
    }
    Poll.until("the name is free again", SOON, () -> !new Api(origin).isLive("live/silent"));
  }

  @Test
  void sequence_headers_of_a_hundred_megabytes_end_the_session() throws Exception {
    byte[] header = new byte[16_000_000];
    header[0] = 0x17;
    try (RawRtmp client = connect(origin, 0)) {
      ends(origin, ErrorCode.TOO_LARGE, () -> {
        client.handshake().publish("live", "huge");
        try {
          for (int i = 0; i < 7; i++) {
            client.message(6, 9, 1, header);
          }
        } catch (IOException e) {
          // The server has closed while we were sending: what it should do.
        }
        assertThat(client.awaitClosed(SOON)).isTrue();
      });
    }
  }

  @Test
  void players_that_never_read_end_and_are_counted() throws Exception {
    // Twenty times as fast as it plays: what the system's buffers take must be full before the test's patience is.
    LAB.keep(Ffmpeg.start("fast publisher", LAB.file("fast.log"), List.of("-readrate", "20", "-stream_loop", "-1", "-i",
        Clip.BBB.file().toString(), "-c", "copy", "-f", "flv", origin.rtmp("live/fast"))));
    Poll.until("the fast stream is live", SOON, () -> new Api(origin).isLive("live/fast"));
    List<RawRtmp> players = new ArrayList<>();
    try {
      double before = errors(cluster.edge(0), ErrorCode.PLAYER_STUCK);
      for (int i = 0; i < 10; i++) {
        RawRtmp rtmp = connect(cluster.edge(0), 2048).handshake();
        players.add(rtmp.play("live", "fast"));
        RawRtmp http = new RawRtmp("127.0.0.1", cluster.edge(0).spec().httpPort(), 2048);
        players.add(http.bytes("GET /live/fast.flv HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.US_ASCII)));
      }
      Poll.until("all twenty are ended", Duration.ofSeconds(60), () -> errors(cluster.edge(0), ErrorCode.PLAYER_STUCK) >= before + 20);
    } finally {
      for (RawRtmp player : players) {
        player.close();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"..", "", "a\u0001b", "../../etc/passwd", ".hidden", "a b"})
  void a_bad_name_is_refused(String name) throws Exception {
    for (NodeProcess node : cluster.nodes()) {
      try (RawRtmp client = connect(node, 0)) {
        ends(node, ErrorCode.STREAM_NAME_INVALID, () -> assertThat(client.handshake().publish("live", name).awaitClosed(SOON)).isTrue());
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/live/...flv", "/live/%2e%2e.flv", "/live/.flv", "/live/a%01b.flv", "/live/%00.m3u8",
      "/../../etc/passwd", "/live/..%2f..%2fetc%2fpasswd.flv"})
  void a_bad_path_is_refused(String path) throws Exception {
    for (NodeProcess node : cluster.nodes()) {
      try (HttpConnection client = new HttpConnection(node.http("/"), SOON)) {
        assertThat(client.get(path).status()).as(path).isIn(400, 404);
      }
    }
  }

  @Test
  void a_url_that_is_too_long_is_refused() throws Exception {
    for (NodeProcess node : cluster.nodes()) {
      try (HttpConnection client = new HttpConnection(node.http("/"), SOON)) {
        assertThat(client.get("/live/" + "a".repeat(6000) + ".flv").status()).isIn(400, 413, 414);
      }
      try (HttpConnection client = new HttpConnection(node.http("/"), SOON)) {
        assertThat(client.send("GET", "/live/x.flv", Map.of("X-Long", "b".repeat(30_000))).status())
            .isIn(400, 413, 414, 431);
      }
    }
  }

  @Test
  void garbage_on_the_ports_of_http_ends_its_session() throws Exception {
    byte[] garbage = new byte[4096];
    new Random(3).nextBytes(garbage);
    for (int port : List.of(origin.spec().httpPort(), origin.spec().apiPort())) {
      try (RawRtmp client = new RawRtmp("127.0.0.1", port, 0)) {
        try {
          client.bytes(garbage).bytes("\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        } catch (SocketException e) {
          // It was closed before all was sent.
        }
        assertThat(client.awaitClosed(SOON)).isTrue();
      }
    }
  }

  @Test
  void a_thousand_connections_that_come_and_go_leave_nothing_behind() throws Exception {
    Api api = new Api(origin);
    int before = api.clients().size();
    for (int i = 0; i < 1000; i++) {
      try (RawRtmp client = connect(origin, 0)) {
        client.bytes(new byte[] {3});
      }
    }
    Poll.until("the sessions are gone", SOON, () -> api.clients().size() <= before);
    assertThat(Collections.frequency(origin.log().lines().toList(), "OutOfMemoryError")).isZero();
  }

  private static RawRtmp connect(NodeProcess node, int receiveBuffer) {
    return new RawRtmp("127.0.0.1", node.spec().rtmpPort(), receiveBuffer);
  }

  private static double errors(NodeProcess node, ErrorCode code) throws IOException {
    return new Api(node).metric("sluice_session_ends_total", "code=\"" + code.label() + '"');
  }

  /** Runs {@code attack}, then waits until the counter and the log of the node tell the code. */
  private static void ends(NodeProcess node, ErrorCode code, Attack attack) throws Exception {
    double before = errors(node, code);
    attack.run();
    Poll.until("the counter of " + code + " at " + node, SOON, () -> errors(node, code) > before);
    assertThat(node.log().lines()).as("a log line with the code").anyMatch(line -> line.contains(code.label()));
  }

  /** What a hostile client does. */
  private interface Attack {
    void run() throws Exception;
  }
}
