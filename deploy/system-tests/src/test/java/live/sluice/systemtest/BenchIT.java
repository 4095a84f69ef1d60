package live.sluice.systemtest;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import live.sluice.systemtest.kit.Api;
import live.sluice.systemtest.kit.Bench;
import live.sluice.systemtest.kit.Clip;
import live.sluice.systemtest.kit.Cluster;
import live.sluice.systemtest.kit.Ffmpeg;
import live.sluice.systemtest.kit.HttpConnection;
import live.sluice.systemtest.kit.Lab;
import live.sluice.systemtest.kit.NodeProcess;
import live.sluice.systemtest.kit.Poll;
import live.sluice.systemtest.kit.Ports;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;

/** The load generator against a node: that it plays what is there, and counts right. Nothing about speed. */
@Tag("sharing")
class BenchIT {

  @RegisterExtension static final Lab LAB = new Lab();

  private static final int PLAYERS = 10;
  private static NodeProcess origin;

  @BeforeAll
  static void start() {
    origin = Cluster.start(LAB, 1, 0, List.of(), true).origin(0);
  }

  private static void awaitLive(String stream) {
    Poll.until(stream + " is live", Duration.ofSeconds(15), () -> new Api(origin).isLive(stream));
  }

  private static Bench play(String url) {
    return Bench.start(LAB, "play", url, "--count", "" + PLAYERS, "--streams", "2", "--warmup", "1s", "--for", "4s",
        "--pid", "" + origin.process().pid());
  }

  @Test
  void every_protocol_brings_all_bytes_without_a_gap_and_the_latency_is_plausible() {
    Bench publish = Bench.start(LAB, "publish", origin.rtmp("live/load"), "--count", "2", "--bitrate", "500k");
    awaitLive("live/load0");
    awaitLive("live/load1");
    for (String name : List.of("/live/load0.m3u8", "/live/load1.m3u8")) {
      Poll.until("there are segments", Duration.ofSeconds(15),
          () -> HttpConnection.once(origin.http(name), Duration.ofSeconds(5)).status() == 200);
    }
    String http = origin.http("/live/load").toString();
    List<Bench> players = new ArrayList<>();
    for (String url : List.of(http + "{n}.flv", http.replace("http:", "ws:") + "{n}.flv", origin.rtmp("live/load{n}"),
        http + "{n}.m3u8")) {
      players.add(play(url));
    }
    for (Bench player : players) {
      assertThat(player.awaitExit()).as(player.output()).isZero();
      check(player.figures());
    }
    publish.stop();
    publish.awaitExit();
    JsonNode published = publish.figures().path("publish");
    assertThat(published.path("published").asInt()).isEqualTo(2);
    assertThat(published.path("dropped").asInt()).isZero();
    assertThat(published.path("megabitsPerSecond").asDouble()).isBetween(0.9, 1.2);
  }

  private static void check(JsonNode record) {
    String what = record.path("parameters").toString();
    JsonNode play = record.path("play");
    assertThat(play.path("played").asInt()).as(what).isEqualTo(PLAYERS);
    assertThat(play.path("failed").asInt() + play.path("disconnected").asInt()).as(what).isZero();
    assertThat(play.path("gaps").asInt() + play.path("stepsBack").asInt()).as(what).isZero();
    boolean hls = record.path("parameters").path("protocol").asString().equals("HLS");
    // Of HLS whole segments come, or not, within few seconds.
    assertThat(play.path("megabitsPerSecond").asDouble()).as(what)
        .isBetween(PLAYERS * (hls ? 0.2 : 0.4), PLAYERS * (hls ? 2.0 : 0.7));
    assertThat(play.path("joinMs").path("count").asInt()).as(what).isEqualTo(PLAYERS);
    JsonNode latency = play.path("latencyMs");
    assertThat(latency.path("count").asInt()).as(what).isPositive();
    assertThat(latency.path("p50").asDouble()).as(what).isBetween(0.01, hls ? 10_000.0 : 1_500.0);
    assertThat(record.path("server").path("rssBytes").asLong()).as(what).isPositive();
    assertThat(record.path("series").size()).as(what).isGreaterThanOrEqualTo(4);
  }

  @Test
  void the_synthetic_stream_is_one_that_ffmpeg_decodes_without_a_complaint() {
    Bench publish = Bench.start(LAB, "publish", origin.rtmp("live/grey"));
    awaitLive("live/grey");
    String said = Ffmpeg.run(LAB.file("decode.log"), Duration.ofSeconds(30),
        List.of("-loglevel", "warning", "-t", "3", "-i", origin.http("/live/grey.flv").toString(), "-f", "null", "-"));
    assertThat(said).isBlank();
    publish.stop();
    publish.awaitExit();
  }

  @Test
  void a_clip_goes_on_over_its_end_and_its_pictures_tell_the_latency() {
    Bench publish = Bench.start(LAB, "publish", origin.rtmp("live/clip"), "--file", Clip.HEVC.file().toString());
    awaitLive("live/clip");
    Bench player = Bench.start(LAB, "play", origin.http("/live/clip.flv").toString(), "--warmup", "0s", "--for", "9s");
    assertThat(player.awaitExit()).as(player.output()).isZero();
    JsonNode play = player.figures().path("play");
    assertThat(play.path("gaps").asInt() + play.path("stepsBack").asInt()).isZero();
    assertThat(play.path("latencyMs").path("count").asInt()).isBetween(200, 300);
    publish.stop();
    publish.awaitExit();
  }

  @Test
  void players_that_find_nobody_fail_with_the_reason() {
    Bench player = Bench.start(LAB, "play", "http://127.0.0.1:" + Ports.free() + "/live/x.flv", "--count", "3");
    assertThat(player.awaitExit()).isEqualTo(1);
    assertThat(player.output()).contains("3: can't connect: Connection refused");
    assertThat(player.figures().path("play").path("failed").asInt()).isEqualTo(3);
  }
}
