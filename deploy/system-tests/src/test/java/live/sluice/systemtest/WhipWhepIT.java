package live.sluice.systemtest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import live.sluice.systemtest.kit.Api;
import live.sluice.systemtest.kit.Browser;
import live.sluice.systemtest.kit.Cluster;
import live.sluice.systemtest.kit.Lab;
import live.sluice.systemtest.kit.NodeProcess;
import live.sluice.systemtest.kit.Poll;
import live.sluice.systemtest.kit.RtcPage;
import live.sluice.systemtest.kit.RtcSource;
import live.sluice.systemtest.kit.RtcWatch;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A browser publishes by WHIP to the origin, another one plays by WHEP from the origin and from an edge. */
class WhipWhepIT {

  @RegisterExtension static final Lab LAB = new Lab();

  private static final Duration SOON = Duration.ofSeconds(15);
  private static final Duration SETTLE = Duration.ofSeconds(3);
  private static final Duration IN_STEP = Duration.ofSeconds(25);
  private static final double LIPS_MS = 60;

  private static Cluster cluster;
  private static Browser publishers;
  private static Browser players;

  @BeforeAll
  static void start() {
    cluster = Cluster.start(LAB, 1, 1);
    publishers = LAB.keep(new Browser());
    players = LAB.keep(new Browser());
  }

  @ParameterizedTest
  @CsvSource({"H264, 30", "VP8, 10", "VP9, 10", "AV1, 10"})
  void what_a_browser_publishes_plays_at_the_origin_and_at_an_edge(String codec, int seconds) {
    String stream = "live/" + codec;
    try (RtcPage publisher = new RtcPage(publishers, cluster.origin(0));
        RtcPage atOrigin = new RtcPage(players, cluster.origin(0));
        RtcPage atEdge = new RtcPage(players, cluster.edge(0))) {
      publisher.publish(cluster.origin(0).whip(stream), RtcSource.of(codec));
      awaitLive(cluster.origin(0), stream);
      atOrigin.play(cluster.origin(0).whep(stream));
      atEdge.play(cluster.edge(0).whep(stream));
      atOrigin.awaitPicture(SOON);
      atEdge.awaitPicture(SOON);
      atOrigin.awaitLips(LIPS_MS, IN_STEP);
      atEdge.awaitLips(LIPS_MS, IN_STEP);

      List<RtcWatch> seen = RtcPage.watch(Duration.ofSeconds(seconds), publisher, atOrigin, atEdge);
      RtcWatch sent = seen.getFirst();
      System.out.println(codec + ", publisher: " + sent.publisher());
      for (RtcWatch player : seen.subList(1, 3)) {
        String where = codec + (player == seen.get(1) ? ", at the origin: " : ", at the edge: ");
        System.out.println(where + player.player());
        assertThat(player.after().text("video.codec")).as(where).isEqualToIgnoringCase("video/" + codec);
        assertThat(player.after().text("audio.codec")).as(where).isEqualToIgnoringCase("audio/opus");
        assertThat(player.decoded()).as(where).isGreaterThan(0.95 * sent.sent()).isGreaterThan(25.0 * seconds);
        assertThat(player.freezes()).as(where + "freezes").isZero();
        assertThat(player.concealed()).as(where + "sound made up").isLessThan(0.01);
        assertThat(player.lipsReported()).as(where + "lips by reports").isBetween(-LIPS_MS, LIPS_MS);
        assertThat(player.lipsSeen() - sent.lipsSeen()).as(where + "lips as seen").isBetween(-LIPS_MS, LIPS_MS);
      }
      assertThat(publisher.stop()).as("DELETE of the publisher").isEqualTo(200);
      Poll.until("the stream has ended", SOON, () -> !new Api(cluster.origin(0)).isLive(stream));
    }
  }

  @Test
  void the_camera_plays_and_a_deleted_player_gets_no_more() {
    NodeProcess origin = cluster.origin(0);
    try (RtcPage publisher = new RtcPage(publishers, origin); RtcPage player = new RtcPage(players, origin)) {
      publisher.publish(origin.whip("live/camera"), RtcSource.of("H264").fromCamera());
      awaitLive(origin, "live/camera");
      player.play(origin.whep("live/camera"));
      player.awaitPicture(SOON);
      assertThat(player.watch(SETTLE).decoded()).isGreaterThan(20);
      assertThat(rtcPlayers(origin)).isEqualTo(1);
      assertThat(player.stop()).as("DELETE of the player").isEqualTo(200);
      Poll.until("nobody plays", SOON, () -> rtcPlayers(origin) == 0);
      assertThat(publisher.stats().text("state")).isEqualTo("connected");
    }
  }

  @Test
  void a_browser_that_publishes_to_an_edge_is_sent_to_an_origin() {
    try (RtcPage publisher = new RtcPage(publishers, cluster.edge(0));
        RtcPage player = new RtcPage(players, cluster.edge(0))) {
      String session = publisher.publish(cluster.edge(0).whip("live/sent-on"), RtcSource.of("VP8"));
      assertThat(session).startsWith(cluster.origin(0).api("/").toString());
      awaitLive(cluster.origin(0), "live/sent-on");
      player.play(cluster.edge(0).whep("live/sent-on"));
      player.awaitPicture(SOON);
      assertThat(player.watch(SETTLE).decoded()).isGreaterThan(60);
    }
  }

  /** 960 wide: of less a browser sends fewer than three layers, whatever it was told. Three of them are much to encode. */
  @Test
  void a_simulcast_publish_plays_in_each_layer_that_is_asked_for() {
    NodeProcess origin = cluster.origin(0);
    NodeProcess edge = cluster.edge(0);
    try (RtcPage publisher = new RtcPage(publishers, origin)) {
      publisher.publish(origin.whip("live/layers"), RtcSource.of("VP8").at(15).simulcast(960, 4, 2, 1));
      awaitLive(origin, "live/layers");
      for (int i = 0; i < 3; i++) {
        int width = 960 >> (2 - i);
        try (RtcPage atOrigin = new RtcPage(players, origin); RtcPage atEdge = new RtcPage(players, edge)) {
          atOrigin.play(URI.create(origin.whep("live/layers") + "?layer=l" + i));
          atEdge.play(URI.create(edge.whep("live/layers") + "?layer=l" + i));
          for (RtcPage player : List.of(atOrigin, atEdge)) {
            player.awaitPicture(SOON);
            Poll.until("pictures " + width + " wide", SOON, () -> player.stats().count("video.frameWidth") == width);
          }
          for (RtcWatch seen : RtcPage.watch(SETTLE, atOrigin, atEdge)) {
            assertThat(seen.decoded()).as("layer " + i).isGreaterThan(36);
          }
        }
      }
    }
  }

  private static long rtcPlayers(NodeProcess node) {
    try {
      return new Api(node).clients().stream().filter(each -> each.path("type").asString().equals("rtc-play")).count();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static void awaitLive(NodeProcess node, String stream) {
    Poll.until(stream + " is live at " + node, SOON, () -> new Api(node).isLive(stream));
  }
}
