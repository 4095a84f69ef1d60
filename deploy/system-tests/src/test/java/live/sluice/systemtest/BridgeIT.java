package live.sluice.systemtest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.microsoft.playwright.Page;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import live.sluice.systemtest.kit.Api;
import live.sluice.systemtest.kit.Browser;
import live.sluice.systemtest.kit.Cluster;
import live.sluice.systemtest.kit.Ffmpeg;
import live.sluice.systemtest.kit.FlvPlayer;
import live.sluice.systemtest.kit.Lab;
import live.sluice.systemtest.kit.Libwebrtc;
import live.sluice.systemtest.kit.Lips;
import live.sluice.systemtest.kit.NodeProcess;
import live.sluice.systemtest.kit.Poll;
import live.sluice.systemtest.kit.Proc;
import live.sluice.systemtest.kit.RtcPage;
import live.sluice.systemtest.kit.RtcSource;
import live.sluice.systemtest.kit.RtcWatch;
import live.sluice.systemtest.kit.SyncClip;
import live.sluice.systemtest.kit.SyncClip.Pictures;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What came by RTMP plays by WebRTC, and what came by WebRTC plays by all the rest, with lips in step. */
class BridgeIT {

  @RegisterExtension static final Lab LAB = new Lab();

  private static final Duration SOON = Duration.ofSeconds(20);
  private static final Duration IN_STEP = Duration.ofSeconds(25);
  private static final double LIPS_MS = 60;

  private static Cluster cluster;
  private static NodeProcess origin;
  private static NodeProcess edge;
  private static Browser publishers;
  private static Browser players;

  @BeforeAll
  static void start() {
    cluster = Cluster.start(LAB, 1, 1, List.of("media.player-wait=20s"), false);
    origin = cluster.origin(0);
    edge = cluster.edge(0);
    publishers = LAB.keep(new Browser());
    players = LAB.keep(new Browser());
  }

  @Test
  void what_is_published_by_rtmp_is_seen_and_heard_in_a_browser() {
    SyncClip clip = new SyncClip(Pictures.B_FRAMES, 44_100, 1, 2);
    LAB.keep(Ffmpeg.publish(LAB.file("publish.log"), clip.file(), origin.rtmp("live/seen")));
    awaitLive("live/seen");
    try (RtcPage player = new RtcPage(players, edge)) {
      player.play(edge.whep("live/seen"));
      player.awaitPicture(SOON);
      Poll.until("the beep is heard", SOON, () -> player.watch(Duration.ofSeconds(1)).after().number("loudest") > 0.3);
      RtcWatch seen = player.watch(Duration.ofSeconds(3));
      System.out.println(clip + ", at the edge: " + seen.player());
      assertThat(seen.decoded()).isGreaterThan(3 * 9.5);
      assertThat(seen.after().text("audio.codec")).isEqualToIgnoringCase("audio/opus");
    }
  }

  @Tag("rtc")
  @ParameterizedTest
  @CsvSource({"PLAIN, 44100, 2", "PLAIN, 48000, 1", "B_FRAMES, 48000, 2", "B_FRAMES, 44100, 1"})
  void what_is_published_by_rtmp_plays_in_a_browser(Pictures pictures, int rate, int channels) {
    SyncClip clip = new SyncClip(pictures, rate, channels, 2);
    String stream = "live/rtmp-" + pictures + '-' + rate + '-' + channels;
    LAB.keep(Ffmpeg.publish(LAB.file("publish.log"), clip.file(), origin.rtmp(stream)));
    awaitLive(stream);
    try (RtcPage atOrigin = new RtcPage(players, origin); RtcPage atEdge = new RtcPage(players, edge)) {
      atOrigin.play(origin.whep(stream));
      atEdge.play(edge.whep(stream));
      atOrigin.awaitPicture(SOON);
      atEdge.awaitPicture(SOON);
      atOrigin.awaitLips(LIPS_MS, IN_STEP);
      atEdge.awaitLips(LIPS_MS, IN_STEP);
      List<RtcWatch> seen = RtcPage.watch(Duration.ofSeconds(8), atOrigin, atEdge);
      for (RtcWatch player : seen) {
        String where = clip + (player == seen.getFirst() ? ", at the origin: " : ", at the edge: ");
        System.out.println(where + player.player());
        // Of three pictures two are B-frames, and left out.
        assertThat(player.decoded()).as(where).isGreaterThan(8 * (pictures == Pictures.PLAIN ? 28.5 : 9.5));
        assertThat(player.freezes()).as(where + "freezes").isZero();
        assertThat(player.after().text("audio.codec")).as(where).isEqualToIgnoringCase("audio/opus");
        assertThat(player.concealed()).as(where + "sound made up").isLessThan(0.02);
        assertThat(player.after().number("loudest")).as(where + "the beep").isGreaterThan(0.3);
        assertThat(player.lipsReported()).as(where + "lips by reports").isBetween(-LIPS_MS, LIPS_MS);
        // Without its B-frames the picture moves ten times a second: a flash is seen up to 100 ms late.
        double late = pictures == Pictures.PLAIN ? 0 : 100;
        assertThat(player.lipsSeen()).as(where + "lips as seen").isBetween(-LIPS_MS - late, LIPS_MS);
      }
    }
  }

  @Test
  void a_stream_whose_b_frames_are_referred_to_is_refused_to_browsers_with_that_reason_and_plays_elsewhere() {
    SyncClip clip = new SyncClip(Pictures.PYRAMID, 48_000, 2, 2);
    LAB.keep(Ffmpeg.publish(LAB.file("publish.log"), clip.file(), origin.rtmp("live/pyramid")));
    awaitLive("live/pyramid");
    FlvPlayer flv = LAB.keep(FlvPlayer.play(origin.http("/live/pyramid.flv")));
    Poll.until("a GOP has passed", SOON, () -> flv.keyframes() > 2);
    for (NodeProcess node : cluster.nodes()) {
      try (RtcPage player = new RtcPage(players, node)) {
        assertThatThrownBy(() -> player.play(node.whep("live/pyramid"))).hasMessageContaining("status 422")
            .hasMessageContaining("BFrames");
      }
    }
    assertThat(flv.ended()).isFalse();
  }

  @Test
  void what_a_browser_publishes_plays_as_rtmp_flv_and_hls_with_sound_from_the_first_second() {
    // These are there before the publisher, and want to see and hear all of it.
    List<Path> files = new ArrayList<>();
    List<FlvPlayer> early = new ArrayList<>();
    for (NodeProcess node : cluster.nodes()) {
      Path file = LAB.file("early-" + node + ".flv");
      files.add(file);
      early.add(LAB.keep(FlvPlayer.record(node.http("/live/browser.flv"), file)));
    }
    try (RtcPage publisher = new RtcPage(publishers, origin)) {
      publisher.publish(origin.whip("live/browser"), RtcSource.of("H264"));
      awaitLive("live/browser");
      List<Proc> recorders = new ArrayList<>();
      for (NodeProcess node : cluster.nodes()) {
        recorders.add(record(node.rtmp("live/browser"), LAB.file("rtmp-" + node + ".flv"), files));
        recorders.add(record(node.http("/live/browser.m3u8").toString(), LAB.file("hls-" + node + ".ts"), files));
      }
      RtcWatch sent = publisher.watch(Duration.ofSeconds(9));
      System.out.println("publisher: " + sent.publisher());
      recorders.forEach(recorder -> assertThat(recorder.awaitExit(SOON)).as(recorder.output()).isZero());
      early.forEach(FlvPlayer::close);
    }
    for (Path file : files) {
      Lips lips = Lips.of(file);
      System.out.println(file.getFileName() + ": " + lips);
      assertThat(lips.offsetsMs()).as("flashes with a beep in " + file).hasSizeGreaterThan(3);
      assertThat(Lips.median(lips.offsetsMs())).as("lips in " + file).isBetween(-LIPS_MS - 20, LIPS_MS + 20);
      assertThat(lips.firstSound() - lips.firstPicture()).as("sound in " + file).isBetween(-1.0, 1.0);
    }
    for (FlvPlayer player : early) {
      assertThat(player.wentBack()).isZero();
    }
  }

  @Test
  void what_a_browser_publishes_plays_on_a_page_by_hls_js() {
    try (RtcPage publisher = new RtcPage(publishers, origin); Page page = players.page()) {
      publisher.publish(origin.whip("live/hls-js"), RtcSource.of("H264"));
      awaitLive("live/hls-js");
      page.navigate(edge.http("/").toString());
      page.locator("[aria-label='Play live/hls-js as HLS']").click();
      Poll.until("a picture by hls.js", SOON, () -> number(page, "videoWidth") == 480);
      double before = number(page, "currentTime");
      Poll.until("it plays", SOON, () -> number(page, "currentTime") > before + 3);
      assertThat(number(page, "webkitAudioDecodedByteCount")).as("sound was decoded").isGreaterThan(1000);
    }
  }

  @Test
  void what_ffmpeg_publishes_by_whip_plays_as_flv() {
    Proc ffmpeg = LAB.keep(Ffmpeg.publishWhip(LAB.file("whip.log"), SyncClip.live(40), origin.whip("live/ffmpeg-flv").toString()));
    awaitLive("live/ffmpeg-flv");
    Path file = LAB.file("ffmpeg.flv");
    FlvPlayer flv = LAB.keep(FlvPlayer.record(edge.http("/live/ffmpeg-flv.flv"), file));
    Poll.until("some seconds have passed", SOON, () -> flv.keyframes() > 6);
    assertThat(ffmpeg.isAlive()).isTrue();
    flv.close();
    Lips lips = Lips.of(file);
    System.out.println("ffmpeg by WHIP, as FLV: " + lips);
    assertThat(lips.offsetsMs()).as("flashes with a beep").hasSizeGreaterThan(3);
    assertThat(Lips.median(lips.offsetsMs())).isBetween(-LIPS_MS, LIPS_MS);
    assertThat(lips.firstSound() - lips.firstPicture()).isBetween(-1.0, 1.0);
    assertThat(flv.wentBack()).isZero();
  }

  @Tag("rtc")
  @Test
  void what_ffmpeg_publishes_by_whip_plays_in_a_browser() {
    Proc ffmpeg = LAB.keep(Ffmpeg.publishWhip(LAB.file("whip.log"), SyncClip.live(50), origin.whip("live/ffmpeg").toString()));
    awaitLive("live/ffmpeg");
    try (RtcPage player = new RtcPage(players, edge)) {
      player.play(edge.whep("live/ffmpeg"));
      player.awaitPicture(SOON).awaitLips(LIPS_MS, IN_STEP);
      RtcWatch seen = player.watch(Duration.ofSeconds(8));
      System.out.println("ffmpeg by WHIP: " + seen.player());
      assertThat(ffmpeg.isAlive()).isTrue();
      assertThat(seen.decoded()).isGreaterThan(8 * 28.5);
      assertThat(seen.freezes()).isZero();
      assertThat(seen.concealed()).isLessThan(0.02);
      assertThat(seen.lipsSeen()).isBetween(-LIPS_MS, LIPS_MS);
    }
  }

  @Test
  void libwebrtc_plays_what_came_by_whip_and_what_came_by_rtmp() {
    LAB.keep(Ffmpeg.publish(LAB.file("publish.log"), new SyncClip(Pictures.PLAIN, 44_100, 2, 2).file(),
        origin.rtmp("live/native-rtmp")));
    try (RtcPage publisher = new RtcPage(publishers, origin)) {
      publisher.publish(origin.whip("live/native-whip"), RtcSource.of("VP8"));
      awaitLive("live/native-rtmp");
      awaitLive("live/native-whip");
      List<Proc> started = new ArrayList<>();
      for (String stream : List.of("live/native-whip", "live/native-rtmp")) {
        started.add(Libwebrtc.play(LAB, edge.whep(stream), Duration.ofSeconds(6)));
      }
      for (Proc player : started) {
        Poll.until("libwebrtc has played", SOON, () -> {
          publisher.stats();
          return !player.isAlive();
        });
        assertThat(player.awaitExit(SOON)).as(player.output()).isZero();
        System.out.println("libwebrtc: " + player.output().lines().toList());
        assertThat(Libwebrtc.figure(player, "video.framesDecoded")).isGreaterThan(130);
        assertThat(Libwebrtc.figure(player, "video.packetsLost")).isZero();
        assertThat(Libwebrtc.figure(player, "audio.totalSamplesReceived")).isGreaterThan(200_000);
      }
    }
  }

  private static Proc record(String url, Path file, List<Path> files) {
    files.add(file);
    return LAB.keep(Ffmpeg.start("recorder of " + url, LAB.file("record.log"),
        List.of("-rw_timeout", "15000000", "-i", url, "-t", "6", "-c", "copy", file.toString())));
  }

  private static double number(Page page, String property) {
    return ((Number) page.evaluate("document.getElementById('player')." + property)).doubleValue();
  }

  private static void awaitLive(String stream) {
    Poll.until(stream + " is live", SOON, () -> new Api(origin).isLive(stream));
  }
}
