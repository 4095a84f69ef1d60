package live.sluice.systemtest;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import live.sluice.systemtest.kit.Api;
import live.sluice.systemtest.kit.Clip;
import live.sluice.systemtest.kit.Cluster;
import live.sluice.systemtest.kit.Ffmpeg;
import live.sluice.systemtest.kit.FlvPlayer;
import live.sluice.systemtest.kit.FrameHashes;
import live.sluice.systemtest.kit.Lab;
import live.sluice.systemtest.kit.Librtmp;
import live.sluice.systemtest.kit.NodeProcess;
import live.sluice.systemtest.kit.Poll;
import live.sluice.systemtest.kit.Proc;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** RTMP as its own programs speak it: rtmpdump, librtmp (on which OBS's output rests) and the variants of ffmpeg. */
@Tag("sharing")
class RtmpClientsIT {

  @RegisterExtension static final Lab LAB = new Lab();

  private static final Duration SOON = Duration.ofSeconds(15);
  private static final Path CLIP = Clip.BBB.file();
  private static final FrameHashes SENT = FrameHashes.of(CLIP, Clip.BBB);
  private static Cluster cluster;

  @BeforeAll
  static void start() {
    cluster = Cluster.start(LAB, 1, 2, List.of("media.player-wait=3s"), false);
  }

  @Test
  void rtmpdump_plays_every_frame_at_the_origin_and_at_an_edge() {
    Ffmpeg.publish(LAB.file("publish.log"), CLIP, cluster.origin(0).rtmp("live/dump"));
    awaitLive(cluster.origin(0), "live/dump");
    List<Path> files = new ArrayList<>();
    List<Proc> players = new ArrayList<>();
    for (NodeProcess node : List.of(cluster.origin(0), cluster.edge(0))) {
      Path file = LAB.file("rtmpdump-" + node + ".flv");
      files.add(file);
      players.add(rtmpdump(node.rtmp("live/dump"), file));
    }
    Poll.quiet("what rtmpdump receives", Duration.ofSeconds(2), Duration.ofSeconds(25),
        () -> size(files.get(0)) + size(files.get(1)));
    players.forEach(Proc::close);

    for (Path file : files) {
      FrameHashes received = FrameHashes.of(file, Clip.BBB);
      int start = FrameHashes.run(file.getFileName() + ", video", SENT.video(), received.video());
      assertThat(start).as("joined within the first GOP").isZero();
      assertThat(received.video()).hasSameSizeAs(SENT.video());
      FrameHashes.run(file.getFileName() + ", audio", SENT.audio(), received.audio());
    }
  }

  @Test
  void what_librtmp_publishes_comes_out_whole() throws Exception {
    Path file = LAB.file("librtmp.flv");
    FlvPlayer player = LAB.keep(FlvPlayer.record(cluster.edge(1).http("/live/obs.flv"), file));
    try (Librtmp obs = new Librtmp(cluster.origin(0).rtmp("live/obs"), LAB.file("librtmp.log"))) {
      assertThat(obs.connect()).isTrue();
      obs.publish(CLIP);
      Poll.quiet("what the player receives", Duration.ofSeconds(1), SOON, player::frames);
    }
    player.close();

    FrameHashes received = FrameHashes.of(file, Clip.BBB);
    assertThat(FrameHashes.run("video", SENT.video(), received.video())).isZero();
    assertThat(received.video()).hasSameSizeAs(SENT.video());
    assertThat(FrameHashes.run("audio", SENT.audio(), received.audio())).isZero();
    assertThat(received.audio()).hasSameSizeAs(SENT.audio());
  }

  @Test
  void what_ffmpeg_publishes_without_duration_and_size_to_an_edge_plays_everywhere() {
    FlvPlayer[] players = new FlvPlayer[3];
    Path[] files = new Path[3];
    for (int i = 0; i < 3; i++) {
      files[i] = LAB.file("everywhere.flv");
      players[i] = LAB.keep(FlvPlayer.record(cluster.nodes().get(i).http("/live/passed-on.flv"), files[i]));
    }
    Proc publisher = Ffmpeg.publish(LAB.file("publish.log"), CLIP, cluster.edge(0).rtmp("live/passed-on"),
        "-flvflags", "no_duration_filesize");
    assertThat(publisher.awaitExit(Duration.ofSeconds(30))).isZero();
    Poll.quiet("what the players receive", Duration.ofSeconds(1), SOON,
        () -> players[0].frames() + players[1].frames() + players[2].frames());

    for (int i = 0; i < 3; i++) {
      players[i].close();
      FrameHashes received = FrameHashes.of(files[i], Clip.BBB);
      assertThat(FrameHashes.run(cluster.nodes().get(i) + ", video", SENT.video(), received.video())).isZero();
      assertThat(received.video()).hasSameSizeAs(SENT.video());
    }
  }

  @Test
  void tc_url_variants_reach_the_same_stream() {
    NodeProcess origin = cluster.origin(0);
    String host = "rtmp://127.0.0.1:" + origin.spec().rtmpPort();
    Proc publisher = LAB.keep(Ffmpeg.start("publisher", LAB.file("publish.log"), List.of("-re", "-stream_loop", "-1",
        "-i", CLIP.toString(), "-c", "copy", "-rtmp_app", "live", "-rtmp_tcurl", host + "/live", "-rtmp_playpath",
        "variant?token=secret", "-rtmp_flashver", "FMLE/3.0 (compatible; FMSc/1.0)", "-f", "flv", host)));
    awaitLive(origin, "live/variant");
    Path file = LAB.file("query.flv");
    Proc player = LAB.keep(rtmpdump(host + "/live/variant?token=other", file));
    Poll.until("rtmpdump receives", SOON, () -> size(file) > 100_000);
    assertThat(publisher.isAlive()).isTrue();
    assertThat(player.isAlive()).isTrue();
  }

  @Test
  void a_second_publisher_of_a_live_name_is_refused_and_the_first_goes_on() {
    NodeProcess origin = cluster.origin(0);
    LAB.keep(Ffmpeg.publishLoop(LAB.file("first.log"), CLIP, origin.rtmp("live/busy")));
    awaitLive(origin, "live/busy");
    FlvPlayer player = LAB.keep(FlvPlayer.play(origin.http("/live/busy.flv")));
    Poll.until("the first plays", SOON, () -> player.frames() > 10);

    for (NodeProcess node : List.of(origin, cluster.edge(0))) {
      Path log = LAB.file("second.log");
      try (Librtmp second = new Librtmp(node.rtmp("live/busy"), log)) {
        assertThat(second.connect()).as("publishing at " + node).isFalse();
      }
      assertThat(log).content().contains("NetStream.Publish.BadName");
    }

    long before = player.frames();
    Poll.until("the first goes on", SOON, () -> player.frames() > before + 20);
  }

  @Test
  void a_player_of_a_stream_that_nobody_publishes_is_told_so_after_the_configured_wait() {
    for (NodeProcess node : List.of(cluster.origin(0), cluster.edge(0))) {
      long start = System.nanoTime();
      Proc player = LAB.keep(rtmpdump(node.rtmp("live/nobody"), LAB.file("nobody.flv")));
      assertThat(player.awaitExit(SOON)).as("exit status of rtmpdump").isNotZero();
      Duration waited = Duration.ofNanos(System.nanoTime() - start);
      assertThat(player.output()).contains("NetStream.Play.StreamNotFound");
      assertThat(waited).isBetween(Duration.ofMillis(2500), Duration.ofSeconds(8));
      FlvPlayer flv = LAB.keep(FlvPlayer.play(node.http("/live/nobody.flv")));
      Poll.until("the FLV player has its answer", Duration.ofSeconds(8), flv::ended);
      assertThat(flv.status()).isEqualTo(404);
    }
  }

  @Test
  void a_player_that_comes_before_the_publisher_sees_the_first_frame() {
    NodeProcess edge = cluster.edge(1);
    Path file = LAB.file("early.flv");
    Proc player = LAB.keep(rtmpdump(edge.rtmp("live/early"), file));
    Poll.until("rtmpdump has asked", SOON, () -> player.output().contains("Starting Live Stream")
        || player.output().contains("Connected"));
    Ffmpeg.publish(LAB.file("publish.log"), CLIP, cluster.origin(0).rtmp("live/early"));
    Poll.until("rtmpdump receives", SOON, () -> size(file) > 100_000);
    player.close();

    FrameHashes received = FrameHashes.of(file, Clip.BBB);
    assertThat(SENT.video().getFirst().hash()).isEqualTo(received.video().getFirst().hash());
  }

  private static Proc rtmpdump(String url, Path file) {
    return Proc.start("rtmpdump", LAB.file("rtmpdump.log"),
        List.of("rtmpdump", "-r", url, "--live", "-m", "20", "-o", file.toString()), Map.of());
  }

  private static void awaitLive(NodeProcess node, String stream) {
    Poll.until(stream + " is live at " + node, SOON, () -> new Api(node).isLive(stream));
  }

  private static long size(Path file) throws Exception {
    return Files.exists(file) ? Files.size(file) : 0;
  }
}
