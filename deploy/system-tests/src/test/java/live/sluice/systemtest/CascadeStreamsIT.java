package live.sluice.systemtest;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import live.sluice.systemtest.kit.Bench;
import live.sluice.systemtest.kit.Browser;
import live.sluice.systemtest.kit.Clip;
import live.sluice.systemtest.kit.Ffmpeg;
import live.sluice.systemtest.kit.FlvPlayer;
import live.sluice.systemtest.kit.FrameHashes;
import live.sluice.systemtest.kit.Lab;
import live.sluice.systemtest.kit.Laboratory;
import live.sluice.systemtest.kit.Needs;
import live.sluice.systemtest.kit.Poll;
import live.sluice.systemtest.kit.Proc;
import live.sluice.systemtest.kit.RtcPage;
import live.sluice.systemtest.kit.RtcSource;
import live.sluice.systemtest.kit.RtcWatch;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;

/**
 * What crosses between two regions that are 100 ms apart there and back: how soon a browser in the far one has its first
 * picture, frames of RTMP, and only those layers of a simulcast that somebody wants.
 */
@Tag("soak")
class CascadeStreamsIT {

  @RegisterExtension static final Lab LAB = new Lab();

  private static final Duration SOON = Duration.ofSeconds(30);
  private static final int STREAMS = 24;

  private static Laboratory regions;
  private static Browser browser;

  @BeforeAll
  static void start() {
    Needs.rootWith("ip", "nsenter");
    // Of three nodes two are gateways: the third has no link to the other region until a stream wants one.
    regions = new Laboratory(LAB, "--regions", "2", "--nodes", "3", "--delay", "50", "--rate", "200", "--seed", "1");
    browser = LAB.keep(new Browser());
  }

  @Test
  void a_browser_in_the_far_region_has_its_first_picture_soon() {
    Bench.start(LAB, "publish", regions.url("r1-origin-0", "api", "/live/").toString() + "j{n}/whip", "--count", "" + STREAMS,
        "--bitrate", "100k", "--ramp", "10", "--for", "10m");
    for (int i = 0; i < STREAMS; i++) {
      String stream = "live/j" + i;
      Poll.until(stream + " is known in r2", SOON, () -> !hub(stream).isEmpty());
    }
    // Links that a stream wanted are given up a minute after it.
    Poll.until("a node of r2 has no link", Duration.ofSeconds(150), () -> !apart().isEmpty());
    String apart = apart();
    List<String> standing = new ArrayList<>();
    List<String> cold = new ArrayList<>();
    for (int i = 0; i < STREAMS; i++) {
      (hub("live/j" + i).equals(apart) ? cold : standing).add("live/j" + i);
    }
    System.out.println("without a link: " + apart + ", the hub of " + cold);
    try (RtcPage page = page(apart)) {
      List<Long> pulled = new ArrayList<>();
      for (String stream : standing.subList(0, 9)) {
        pulled.add(join(page, apart, stream));
      }
      // It is there now, for as long as pulls linger.
      List<Long> there = new ArrayList<>();
      for (int i = 0; i < 7; i++) {
        there.add(join(page, apart, standing.get(8)));
      }
      List<Long> dialled = new ArrayList<>();
      for (String stream : cold.subList(0, 2)) {
        Poll.until("there is no link", Duration.ofSeconds(150), () -> apart.equals(apart()));
        dialled.add(join(page, apart, stream));
      }
      System.out.println("join times in ms: there already " + there + ", over links that stand " + pulled
          + ", over links that are dialled " + dialled);
      // The first ones find code that was never run.
      assertThat(median(there)).isLessThanOrEqualTo(150);
      assertThat(median(pulled.subList(2, pulled.size()))).isLessThanOrEqualTo(600);
      assertThat(median(dialled)).isLessThanOrEqualTo(1_000);
    }
  }

  @Test
  void frames_of_rtmp_cross_whole_and_play_as_flv_and_by_whep() {
    Path recording = LAB.file("far.flv");
    FlvPlayer recorder = LAB.keep(FlvPlayer.record(regions.url("r2-edge-0", "http", "/live/rtmp.flv"), recording));
    Proc publisher = Ffmpeg.publish(LAB.file("publish.log"), Clip.BBB.file(), regions.url("r1-origin-0", "rtmp", "/live/rtmp").toString());
    try (RtcPage page = page("r2-edge-1")) {
      Poll.until("it is known in r2", SOON, () -> !hub("live/rtmp").isEmpty());
      page.play(regions.url("r2-edge-1", "api", "/live/rtmp/whep"));
      page.awaitPicture(SOON);
      RtcWatch seen = page.watch(Duration.ofSeconds(3));
      System.out.println("RTMP by WHEP in r2: " + seen.player());
      assertThat(seen.decoded()).isGreaterThan(50);
    }
    assertThat(publisher.awaitExit(Duration.ofSeconds(60))).isZero();
    Poll.quiet("what the player receives", Duration.ofMillis(2500), SOON, recorder::frames);
    recorder.close();
    FrameHashes sent = FrameHashes.of(Clip.BBB.file(), Clip.BBB);
    FrameHashes received = FrameHashes.of(recording, Clip.BBB);
    int start = FrameHashes.run("video", sent.video(), received.video());
    FrameHashes.run("audio", sent.audio(), received.audio());
    System.out.println("RTMP as FLV in r2: pictures " + start + " to " + (start + received.video().size()) + " of " + sent.video().size());
    assertThat(start + received.video().size()).isEqualTo(sent.video().size());
  }

  @Test
  void a_layer_that_nobody_wants_does_not_cross() {
    try (RtcPage publisher = page("r1-origin-0"); RtcPage low = page("r2-edge-0"); RtcPage high = page("r2-edge-0")) {
      publisher.publish(regions.url("r1-origin-0", "api", "/live/layers/whip"),
          RtcSource.of("VP8").at(15).simulcast(960, 4, 2, 1));
      Poll.until("it is known in r2", SOON, () -> !hub("live/layers").isEmpty());
      low.play(regions.url("r2-edge-0", "api", "/live/layers/whep?layer=l0"));
      low.awaitPicture(SOON);
      awaitLayers("[0]");
      double one = crossing(publisher);
      high.play(regions.url("r2-edge-0", "api", "/live/layers/whep?layer=l2"));
      high.awaitPicture(SOON);
      // It is to get the best below it for as long as the publisher does not send that one.
      awaitLayers("[0,1,2]");
      double all = crossing(publisher);
      System.out.println("kb/s from r1 to r2: the lowest layer " + one + ", all three " + all);
      // The lowest has a sixteenth of the highest one's pixels; sound and the hop's own words are beside it.
      assertThat(one).isLessThan(all / 3);
      assertThat(high.stop()).isEqualTo(200);
      awaitLayers("[0]");
    }
  }

  private static void awaitLayers(String which) {
    List<String> seen = new ArrayList<>();
    Poll.until("only the layers that are wanted cross: " + which, SOON, () -> {
      String now = layers();
      if (seen.isEmpty() || !seen.getLast().equals(now)) {
        seen.add(now);
      }
      return now.equals(which);
    }, seen);
  }

  private static String layers() {
    String hub = hub("live/layers");
    return regions.api(hub, "/api/v1/topology/streams/live/layers").path("pull").path("layers").toString();
  }

  private static double crossing(RtcPage clock) {
    JsonNode before = regions.status();
    long start = System.nanoTime();
    clock.pause(Duration.ofSeconds(6));
    JsonNode after = regions.status();
    double bytes = Laboratory.way(after, "r1", "r2").path("bytes").asDouble() - Laboratory.way(before, "r1", "r2").path("bytes").asDouble();
    return Math.rint(bytes * 8e6 / (System.nanoTime() - start));
  }

  /** The node of r2 that has no link to r1. */
  private static String apart() {
    for (String node : List.of("r2-origin-0", "r2-edge-0", "r2-edge-1")) {
      boolean linked = false;
      for (JsonNode hop : regions.api(node, "/api/v1/topology?scope=node").path("hops")) {
        linked |= hop.path("peer_region").asString().equals("r1");
      }
      if (!linked) {
        return node;
      }
    }
    return "";
  }

  private static String hub(String stream) {
    return regions.api("r2-origin-0", "/api/v1/topology/streams/" + stream).path("hub").asString("");
  }

  private static long join(RtcPage page, String node, String stream) {
    URI whep = regions.url(node, "api", "/" + stream + "/whep");
    page.play(whep);
    long ms = Poll.value("a picture by WebRTC", SOON, page::joinTime).toMillis();
    page.stop();
    return ms;
  }

  private static long median(List<Long> times) {
    return times.stream().sorted().toList().get(times.size() / 2);
  }

  private static RtcPage page(String node) {
    return LAB.keep(new RtcPage(browser, regions.url(node, "http", "/")));
  }
}
