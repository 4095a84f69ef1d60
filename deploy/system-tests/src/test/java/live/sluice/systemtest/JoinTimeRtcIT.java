package live.sluice.systemtest;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import live.sluice.systemtest.kit.Api;
import live.sluice.systemtest.kit.Browser;
import live.sluice.systemtest.kit.Cluster;
import live.sluice.systemtest.kit.Ffmpeg;
import live.sluice.systemtest.kit.Lab;
import live.sluice.systemtest.kit.NodeProcess;
import live.sluice.systemtest.kit.Poll;
import live.sluice.systemtest.kit.RtcPage;
import live.sluice.systemtest.kit.RtcSource;
import live.sluice.systemtest.kit.SyncClip;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** How soon a browser that joins by WHEP shows its first picture, from the POST on: medians, on nodes that are warm. */
class JoinTimeRtcIT {

  @RegisterExtension static final Lab LAB = new Lab();

  private static final Duration SOON = Duration.ofSeconds(15);
  private static final int PAGES = 4;
  private static final int JOINS = 5;

  private static NodeProcess origin;
  private static NodeProcess edge;
  private static Browser publishers;
  private static Browser players;

  @BeforeAll
  static void start() {
    Cluster cluster = Cluster.start(LAB, 1, 1, List.of(), true);
    origin = cluster.origin(0);
    edge = cluster.edge(0);
    publishers = LAB.keep(new Browser());
    players = LAB.keep(new Browser());
  }

  @Test
  void the_first_picture_of_a_whip_stream_comes_within_100_ms() {
    try (RtcPage publisher = new RtcPage(publishers, origin)) {
      publisher.publish(origin.whip("live/whip"), RtcSource.of("H264"));
      awaitLive("live/whip");
      assertThat(median("WHIP to WHEP", origin, "live/whip")).isLessThanOrEqualTo(Duration.ofMillis(100));
      median("WHIP to WHEP at the edge", edge, "live/whip");
    }
  }

  @Test
  void the_first_picture_of_an_rtmp_stream_comes_within_250_ms() {
    LAB.keep(Ffmpeg.publish(LAB.file("publish.log"), new SyncClip(SyncClip.Pictures.PLAIN, 44_100, 2, 2).file(),
        origin.rtmp("live/rtmp")));
    awaitLive("live/rtmp");
    assertThat(median("RTMP to WHEP", origin, "live/rtmp")).isLessThanOrEqualTo(Duration.ofMillis(250));
    median("RTMP to WHEP at the edge", edge, "live/rtmp");
  }

  private static Duration median(String what, NodeProcess node, String stream) {
    // One plays all the time: the stream is at the node, and whatever a first reader makes is made. The other comes and
    // goes in one page, as somebody does who looks through streams: a page's first session waits for the browser itself.
    List<Duration> first = new ArrayList<>();
    List<Duration> next = new ArrayList<>();
    try (RtcPage stays = new RtcPage(players, node)) {
      stays.play(node.whep(stream));
      stays.awaitPicture(SOON);
      for (int i = 0; i < PAGES; i++) {
        try (RtcPage player = new RtcPage(players, node)) {
          first.add(join(player, node.whep(stream)));
          for (int j = 0; j < JOINS; j++) {
            next.add(join(player, node.whep(stream)));
          }
        }
      }
    }
    System.out.println("join time, " + what + ", ms: " + sorted(next) + ", the first of a page: " + sorted(first));
    return Duration.ofMillis(sorted(next).get(next.size() / 2));
  }

  private static List<Long> sorted(List<Duration> times) {
    return times.stream().sorted().map(Duration::toMillis).toList();
  }

  private static Duration join(RtcPage player, URI whep) {
    player.play(whep);
    Duration time = Poll.value("a picture by WebRTC", SOON, player::joinTime);
    player.stop();
    return time;
  }

  private static void awaitLive(String stream) {
    Poll.until(stream + " is live", SOON, () -> new Api(origin).isLive(stream));
  }
}
