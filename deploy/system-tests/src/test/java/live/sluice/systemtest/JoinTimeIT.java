package live.sluice.systemtest;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import live.sluice.systemtest.kit.Api;
import live.sluice.systemtest.kit.Clip;
import live.sluice.systemtest.kit.Cluster;
import live.sluice.systemtest.kit.Ffmpeg;
import live.sluice.systemtest.kit.FlvPlayer;
import live.sluice.systemtest.kit.Lab;
import live.sluice.systemtest.kit.NodeProcess;
import live.sluice.systemtest.kit.Poll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** How soon a player of HTTP-FLV at an edge has its first keyframe: medians, on nodes that are warm. */
class JoinTimeIT {

  @RegisterExtension static final Lab LAB = new Lab();

  private static final int JOINS = 7;
  private static Cluster cluster;

  @BeforeAll
  static void start() {
    cluster = Cluster.start(LAB, 1, 1, List.of("pull.linger=300ms"), true);
    LAB.keep(Ffmpeg.publishLoop(LAB.file("publish.log"), Clip.BBB.file(), cluster.origin(0).rtmp("live/join")));
    Poll.until("the stream is live", Duration.ofSeconds(15), () -> new Api(cluster.origin(0)).isLive("live/join"));
    for (int i = 0; i < 5; i++) {
      join();
      awaitEndOfPull();
    }
  }

  @Test
  void the_first_keyframe_comes_within_200_ms_when_the_stream_is_already_there() {
    try (FlvPlayer keepsItThere = FlvPlayer.play(cluster.edge(0).http("/live/join.flv"))) {
      Poll.until("the stream is there", Duration.ofSeconds(5), () -> keepsItThere.keyframes() > 0);
      List<Duration> times = new ArrayList<>();
      for (int i = 0; i < JOINS; i++) {
        times.add(join());
      }
      assertThat(median("already there", times)).isLessThanOrEqualTo(Duration.ofMillis(200));
    }
  }

  @Test
  void the_first_keyframe_comes_within_500_ms_when_the_stream_has_to_be_pulled() {
    List<Duration> times = new ArrayList<>();
    for (int i = 0; i < JOINS; i++) {
      awaitEndOfPull();
      times.add(join());
    }
    assertThat(median("to be pulled", times)).isLessThanOrEqualTo(Duration.ofMillis(500));
  }

  private static Duration join() {
    try (FlvPlayer player = FlvPlayer.play(cluster.edge(0).http("/live/join.flv"))) {
      return Poll.value("a keyframe", Duration.ofSeconds(10), player::firstKeyframe);
    }
  }

  private static void awaitEndOfPull() {
    NodeProcess edge = cluster.edge(0);
    Poll.until("the edge has given the stream up", Duration.ofSeconds(10), () -> !new Api(edge).isLive("live/join"));
  }

  private static Duration median(String what, List<Duration> times) {
    List<Duration> sorted = times.stream().sorted().toList();
    System.out.println("join time, " + what + ": " + sorted);
    return sorted.get(sorted.size() / 2);
  }
}
