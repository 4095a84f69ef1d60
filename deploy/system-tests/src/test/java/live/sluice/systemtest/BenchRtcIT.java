package live.sluice.systemtest;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import live.sluice.systemtest.kit.Api;
import live.sluice.systemtest.kit.Bench;
import live.sluice.systemtest.kit.Cluster;
import live.sluice.systemtest.kit.Lab;
import live.sluice.systemtest.kit.NodeProcess;
import live.sluice.systemtest.kit.Poll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;

/** The load generator's publishers by WHIP and players by WHEP against a node. Nothing about speed. */
@Tag("sharing")
class BenchRtcIT {

  @RegisterExtension static final Lab LAB = new Lab();

  private static final int PLAYERS = 8;
  private static NodeProcess origin;

  @BeforeAll
  static void start() {
    origin = Cluster.start(LAB, 1, 0, List.of(), false).origin(0);
  }

  private static String whip(String stream) {
    return origin.api("/live/") + stream + "/whip";
  }

  private static String whep(String stream) {
    return origin.api("/live/") + stream + "/whep";
  }

  private static void awaitLive(String stream) {
    Poll.until(stream + " is live", Duration.ofSeconds(20), () -> new Api(origin).isLive(stream));
  }

  private static JsonNode clean(Bench player, int players) {
    assertThat(player.awaitExit()).as(player.output()).isZero();
    JsonNode play = player.figures().path("play");
    assertThat(play.path("played").asInt()).isEqualTo(players);
    assertThat(play.path("gaps").asInt() + play.path("stepsBack").asInt()).as(player.output()).isZero();
    assertThat(play.path("joinKeyframeMs").path("count").asInt()).isEqualTo(players);
    assertThat(play.path("packets").path("received").asInt()).isPositive();
    assertThat(play.path("packets").path("rejected").asInt()).isZero();
    assertThat(play.path("packets").path("brokenPictures").asInt()).as(player.output()).isZero();
    return play;
  }

  @Test
  void what_is_published_by_whip_is_played_by_whep_whole_and_with_its_latency() {
    // It counts from the first moment on: keyframes are asked for while players join.
    Bench publish =
        Bench.start(LAB, "publish", whip("load"), "--count", "2", "--bitrate", "500k", "--warmup", "0s");
    awaitLive("live/load0");
    awaitLive("live/load1");
    Bench player = Bench.start(LAB, "play", whep("load{n}"), "--count", "" + PLAYERS, "--streams", "2", "--ramp", "20",
        "--warmup", "2s", "--for", "4s", "--open", "4", "--pid", "" + origin.process().pid());
    JsonNode play = clean(player, PLAYERS);
    // Headers, and keyframes that were asked for, are beside what is published.
    assertThat(play.path("megabitsPerSecond").asDouble()).isBetween(PLAYERS * 0.4, PLAYERS * 1.0);
    JsonNode latency = play.path("latencyMs");
    // Four players that open all packets, 30 pictures a second.
    assertThat(latency.path("count").asInt()).isBetween(300, 600);
    assertThat(latency.path("p50").asDouble()).isBetween(0.01, 1_000.0);
    publish.stop();
    publish.awaitExit();
    JsonNode published = publish.figures().path("publish");
    assertThat(published.path("published").asInt()).isEqualTo(2);
    assertThat(published.path("disconnected").asInt()).isZero();
    assertThat(published.path("megabitsPerSecond").asDouble()).isBetween(0.9, 2.0);
    assertThat(published.path("feedback").path("keyframeRequests").asInt()).isPositive();
  }

  @Test
  void the_clock_comes_through_the_bridges_both_ways() {
    Bench rtmp = Bench.start(LAB, "publish", origin.rtmp("live/frames"), "--bitrate", "500k");
    Bench whip = Bench.start(LAB, "publish", whip("packets"), "--bitrate", "500k");
    awaitLive("live/frames");
    awaitLive("live/packets");
    Bench byWhep = Bench.start(LAB, "play", whep("frames"), "--count", "3", "--warmup", "2s", "--for", "3s");
    Bench byFlv = Bench.start(LAB, "play", origin.http("/live/packets.flv").toString(), "--count", "3", "--for", "3s");
    JsonNode play = clean(byWhep, 3);
    assertThat(play.path("latencyMs").path("count").asInt()).isPositive();
    assertThat(play.path("megabitsPerSecond").asDouble()).isBetween(3 * 0.25, 3 * 0.9);
    assertThat(byFlv.awaitExit()).as(byFlv.output()).isZero();
    assertThat(byFlv.figures().path("play").path("latencyMs").path("count").asInt()).isPositive();
    rtmp.stop();
    whip.stop();
    rtmp.awaitExit();
    whip.awaitExit();
  }

  @Test
  void players_come_and_go_and_leave_nothing_behind() {
    Bench publish = Bench.start(LAB, "publish", whip("churn"), "--bitrate", "300k");
    awaitLive("live/churn");
    Bench player = Bench.start(LAB, "play", whep("churn"), "--count", "" + PLAYERS, "--ramp", "20", "--warmup", "1s",
        "--for", "6s", "--churn", "5/s");
    assertThat(player.awaitExit()).as(player.output()).isZero();
    JsonNode play = player.figures().path("play");
    assertThat(play.path("players").asInt()).isGreaterThan(2 * PLAYERS);
    assertThat(play.path("failed").asInt() + play.path("disconnected").asInt()).isZero();
    Poll.until("all players have left", Duration.ofSeconds(10), () -> new Api(origin).clients().size() == 1);
    publish.stop();
    publish.awaitExit();
    Poll.until("the publisher has left", Duration.ofSeconds(10), () -> new Api(origin).clients().isEmpty());
  }

  @Test
  void players_that_find_nobody_fail_with_the_reason() {
    Bench player = Bench.start(LAB, "play", whep("nobody"), "--count", "3", "--warmup", "0s", "--for", "1s");
    assertThat(player.awaitExit()).isEqualTo(1);
    assertThat(player.output()).contains("3: the server answered 409");
  }
}
