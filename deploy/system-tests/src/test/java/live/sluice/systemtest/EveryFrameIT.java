package live.sluice.systemtest;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import live.sluice.systemtest.kit.Api;
import live.sluice.systemtest.kit.Clip;
import live.sluice.systemtest.kit.Cluster;
import live.sluice.systemtest.kit.Ffmpeg;
import live.sluice.systemtest.kit.FlvPlayer;
import live.sluice.systemtest.kit.FrameHashes;
import live.sluice.systemtest.kit.HlsPlayer;
import live.sluice.systemtest.kit.Lab;
import live.sluice.systemtest.kit.Nginx;
import live.sluice.systemtest.kit.NodeProcess;
import live.sluice.systemtest.kit.Poll;
import live.sluice.systemtest.kit.Proc;
import live.sluice.systemtest.kit.WsFlvRecorder;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/**
 * What ffmpeg publishes to the origin comes out of every protocol, at every node and through NGINX, with the same
 * pictures, the same packets of sound and the same distances in time. The players are there before the publisher, so that
 * not one frame may be missing at the origin, and none after the first keyframe pulled at an edge.
 */
@Tag("sharing")
class EveryFrameIT {

  @RegisterExtension static final Lab LAB = new Lab();

  private static final double MS = 0.001;
  private static final double LATE_AT_AN_EDGE = 2.5;

  private static Cluster cluster;
  private static Nginx nginx;

  private final Map<String, Path> recordings = new LinkedHashMap<>();
  private final List<AutoCloseable> recorders = new ArrayList<>();
  private final List<HlsPlayer> hls = new ArrayList<>();

  @BeforeAll
  static void start() {
    cluster = Cluster.start(LAB, 1, 2);
    nginx = new Nginx(LAB, "nginx.conf", cluster.edges());
  }

  @ParameterizedTest
  @EnumSource(Clip.class)
  void every_frame_comes_out_of_every_protocol_at_every_node(Clip clip) throws Exception {
    String name = "live/" + clip.name().toLowerCase(Locale.ROOT);
    Path source = clip.file();
    for (NodeProcess node : cluster.nodes()) {
      recordEverything(node, name);
    }
    recordOtherWindows(cluster.origin(0), name);
    hls.add(HlsPlayer.record(nginx.url("/" + name + ".m3u8"), recording("nginx HLS.ts")));

    int status = Ffmpeg.publish(LAB.file("publish.log"), source, cluster.origin(0).rtmp(name))
        .awaitExit(Duration.ofSeconds(40));
    assertThat(status).as("exit status of the publisher").isZero();
    Poll.quiet("what the players receive", Duration.ofMillis(2500), Duration.ofSeconds(30), this::received);
    try (ExecutorService all = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Void>> closings = new ArrayList<>();
      for (AutoCloseable recorder : recorders) {
        closings.add(all.submit(() -> {
          recorder.close();
          return null;
        }));
      }
      for (Future<Void> closing : closings) {
        closing.get();
      }
    }
    for (HlsPlayer player : hls) {
      player.close();
      assertThat(player.complaints()).isEmpty();
    }

    assertThat(compare(FrameHashes.of(source, clip), clip)).isEmpty();
  }

  private void recordEverything(NodeProcess node, String name) {
    recordFlv(node, name, "");
    recordWebSocket(node, name, "");
    recordRtmp(node, name, "");
    hls.add(HlsPlayer.record(node.http("/" + name + ".m3u8"), recording(node + " HLS.ts")));
  }

  /** How long frames are gathered must not show in what comes out. */
  private void recordOtherWindows(NodeProcess node, String name) {
    for (String window : List.of("realtime", "throughput")) {
      recordFlv(node, name, window);
      recordWebSocket(node, name, window);
      recordRtmp(node, name, window);
    }
  }

  private void recordFlv(NodeProcess node, String name, String window) {
    recorders.add(FlvPlayer.record(node.http("/" + name + ".flv" + query(window)), recording(node, "FLV", window)));
  }

  private void recordWebSocket(NodeProcess node, String name, String window) {
    Path file = recording(node, "WS-FLV", window);
    WsFlvRecorder ws = new WsFlvRecorder(node.ws("/" + name + ".flv" + query(window)), file);
    recorders.add(() -> {
      assertThat(ws.ended()).isEmpty();
      ws.close();
    });
  }

  private void recordRtmp(NodeProcess node, String name, String window) {
    Path file = recording(node, "RTMP", window);
    // What lies before the start that ffmpeg has found by then would be left out: MP3's first frame, now and then.
    List<String> record = List.of("-i", node.rtmp(name) + query(window), "-c", "copy", "-copypriorss", "1", "-f", "flv",
        file.toString());
    Proc player = LAB.keep(Ffmpeg.start("RTMP player", LAB.file("rtmp-" + file.getFileName() + ".log"), record));
    recorders.add(() -> {
      kickRtmpPlayers(node);
      player.awaitExit(Duration.ofSeconds(20));
    });
  }

  private static String query(String window) {
    return window.isEmpty() ? "" : "?latency=" + window;
  }

  private Path recording(NodeProcess node, String protocol, String window) {
    return recording(node + " " + protocol + (window.isEmpty() ? "" : " " + window) + ".flv");
  }

  /** The server ends them: ffmpeg completes its file at the end of its input, and not when it is told to stop. */
  private static void kickRtmpPlayers(NodeProcess node) throws Exception {
    Api api = new Api(node);
    for (JsonNode client : api.clients()) {
      if (client.path("type").asString().equals("rtmp-play")) {
        assertThat(api.delete("/api/v1/clients/" + client.path("id").asString())).isIn(200, 404);
      }
    }
  }

  private Path recording(String what) {
    Path file = LAB.file(what.replace(' ', '-'));
    recordings.put(what, file);
    return file;
  }

  private long received() throws Exception {
    long bytes = 0;
    for (Path file : recordings.values()) {
      bytes += Files.exists(file) ? Files.size(file) : 0;
    }
    return bytes;
  }

  private List<String> compare(FrameHashes sent, Clip clip) throws Exception {
    List<String> complaints = new ArrayList<>();
    try (ExecutorService pool = Executors.newFixedThreadPool(3)) {
      Map<String, Future<List<String>>> answers = new LinkedHashMap<>();
      recordings.forEach((what, file) -> answers.put(what, pool.submit(() -> compare(what, file, sent, clip))));
      for (Future<List<String>> answer : answers.values()) {
        complaints.addAll(answer.get());
      }
    }
    return complaints;
  }

  private static List<String> compare(String what, Path file, FrameHashes sent, Clip clip) {
    List<String> complaints = new ArrayList<>();
    try {
      FrameHashes received = FrameHashes.of(file, clip);
      double video = compare(what + ", video", sent.video(), received.video(), complaints);
      double audio = compare(what + ", audio", sent.audio(), received.audio(), complaints);
      if (complaints.isEmpty() && clip.hasVideo() && clip.hasAudio()) {
        double apart = video - audio;
        if (Math.abs(apart) > 2 * MS) {
          complaints.add(what + ": sound and picture are " + apart + " s further apart than they were sent; the first ones"
              + " came as" + head(received.video()) + " and" + head(received.audio()) + ", of" + head(sent.video())
              + " and" + head(sent.audio()));
        }
      }
    } catch (AssertionError e) {
      complaints.add(what + ": " + e.getMessage());
    }
    return complaints;
  }

  private static String head(List<FrameHashes.Entry> entries) {
    StringBuilder text = new StringBuilder();
    for (FrameHashes.Entry entry : entries.subList(0, Math.min(4, entries.size()))) {
      text.append(' ').append(entry.seconds()).append(':').append(entry.hash(), 0, 6);
    }
    return text.toString();
  }

  /** Returns by how much the times are shifted, in seconds. */
  private static double compare(
      String what, List<FrameHashes.Entry> sent, List<FrameHashes.Entry> received, List<String> complaints) {
    if (sent.isEmpty()) {
      return 0;
    }
    int start = FrameHashes.run(what, sent, received);
    double late = sent.get(start).seconds() - sent.getFirst().seconds();
    // An edge begins to pull when it hears of the publish; it then gets what came since the last keyframe.
    if (late > (what.startsWith("edge") ? LATE_AT_AN_EDGE : 0) || start + received.size() < sent.size()) {
      complaints.add(what + ": received " + start + ".." + (start + received.size() - 1) + " of " + sent.size());
    }
    double jitter = FrameHashes.jitter(sent, received, start);
    if (jitter > 1.5 * MS) {
      complaints.add(what + ": times drift by " + jitter + " s");
    }
    return FrameHashes.shift(sent, received, start);
  }
}
