package live.sluice.systemtest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import live.sluice.systemtest.kit.Api;
import live.sluice.systemtest.kit.Clip;
import live.sluice.systemtest.kit.Cluster;
import live.sluice.systemtest.kit.Ffmpeg;
import live.sluice.systemtest.kit.FrameHashes;
import live.sluice.systemtest.kit.HlsPlayer;
import live.sluice.systemtest.kit.HlsPlaylist;
import live.sluice.systemtest.kit.HttpConnection;
import live.sluice.systemtest.kit.Lab;
import live.sluice.systemtest.kit.Nginx;
import live.sluice.systemtest.kit.NodeProcess;
import live.sluice.systemtest.kit.Poll;
import live.sluice.systemtest.kit.Proc;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** HLS through NGINX, as the configuration of the repository makes it a cache. */
@Tag("sharing")
class HlsNginxIT {

  @RegisterExtension static final Lab LAB = new Lab();

  private static final int CLIENTS = 1000;
  private static final Duration SOON = Duration.ofSeconds(20);
  private static Cluster cluster;

  @BeforeAll
  static void start() {
    cluster = Cluster.start(LAB, 1, 2);
  }

  @Test
  void a_thousand_clients_cost_the_nodes_one_request_for_each_segment() throws Exception {
    Nginx nginx = new Nginx(LAB, "nginx.conf", cluster.nodes());
    LAB.keep(Ffmpeg.publishLoop(LAB.file("publish.log"), Clip.AAC_5_1.file(), cluster.origin(0).rtmp("live/crowd")));
    awaitLive("live/crowd");
    URI playlist = nginx.url("/live/crowd.m3u8");
    Poll.until("there is a playlist", SOON,
        () -> HttpConnection.once(playlist, Duration.ofSeconds(5)).status() == 200);

    List<HlsPlayer> players = new ArrayList<>();
    for (int i = 0; i < CLIENTS; i++) {
      players.add(LAB.keep(HlsPlayer.play(playlist)));
    }
    Poll.until("each has played six segments", Duration.ofSeconds(60),
        () -> players.stream().allMatch(player -> player.played().size() >= 6 || !player.complaints().isEmpty()));
    List<String> complaints = players.stream().flatMap(player -> player.complaints().stream()).distinct().toList();

    assertThat(complaints).isEmpty();
    Map<String, Integer> asked = new TreeMap<>();
    int served = 0;
    for (String line : nginx.accesses()) {
      JsonNode access = new JsonMapper().readTree(line);
      String path = access.path("path").asString();
      if (path.endsWith(".ts")) {
        served++;
        String node = access.path("node").asString();
        int nodes = node.isEmpty() || node.equals("-") ? 0 : node.split(",", -1).length;
        asked.merge(path, nodes, Integer::sum);
      }
    }
    assertThat(served).isGreaterThanOrEqualTo(6 * CLIENTS);
    assertThat(asked).hasSizeGreaterThanOrEqualTo(6);
    assertThat(asked.values()).as("requests to nodes, per segment: " + asked).containsOnly(1);
  }

  @Test
  void after_a_publisher_was_restarted_no_stale_segment_is_served() throws Exception {
    Nginx nginx = new Nginx(LAB, "nginx.conf", cluster.edges());
    URI playlist = nginx.url("/live/again.m3u8");
    Path file = LAB.file("again.ts");
    HlsPlayer player = LAB.keep(HlsPlayer.record(playlist, file));
    Map<String, byte[]> names = new HashMap<>();

    List<Clip> clips = List.of(Clip.VIDEO_ONLY, Clip.AAC_5_1, Clip.MP3);
    for (Clip clip : clips) {
      Proc publisher = Ffmpeg.publish(LAB.file("publish.log"), clip.file(), cluster.origin(0).rtmp("live/again"));
      int before = player.played().size();
      Poll.until("new segments are played", SOON, () -> player.played().size() > before);
      assertThat(publisher.awaitExit(Duration.ofSeconds(20))).isZero();
      remember(playlist, names);
    }
    Poll.quiet("the player", Duration.ofSeconds(4), SOON, player::bytes);
    player.close();

    assertThat(player.complaints()).isEmpty();
    // Each segment that was ever named still has the bytes that it had: names never repeat.
    List<HlsPlaylist.Segment> played = player.played();
    assertThat(played.stream().map(HlsPlaylist.Segment::uri).distinct()).hasSameSizeAs(played);
    assertThat(played.stream().map(HlsPlaylist.Segment::period).distinct().count()).isGreaterThanOrEqualTo(3);
    assertThat(played.getLast().period()).isGreaterThan(played.getFirst().period());
    // The pictures of the three are all there, in their order, each once: none of an earlier publish shows again.
    List<FrameHashes.Entry> sent = new ArrayList<>();
    for (Clip clip : clips) {
      sent.addAll(FrameHashes.of(clip.file(), clip).video());
    }
    List<FrameHashes.Entry> received = FrameHashes.of(file, Clip.VIDEO_ONLY).video();
    FrameHashes.run("pictures of three publishes", sent, received);
  }

  @Test
  void a_republished_stream_goes_on_with_its_numbers_at_every_node() throws Exception {
    List<HlsPlayer> players = new ArrayList<>();
    for (NodeProcess node : cluster.nodes()) {
      players.add(LAB.keep(HlsPlayer.play(node.http("/live/numbers.m3u8"))));
    }
    for (int i = 0; i < 2; i++) {
      Proc publisher =
          Ffmpeg.publish(LAB.file("publish.log"), Clip.VIDEO_ONLY.file(), cluster.origin(0).rtmp("live/numbers"));
      assertThat(publisher.awaitExit(Duration.ofSeconds(20))).isZero();
      Poll.quiet("the players", Duration.ofSeconds(3), SOON,
          () -> players.stream().mapToLong(HlsPlayer::bytes).sum());
    }
    for (HlsPlayer player : players) {
      player.close();
      List<HlsPlaylist.Segment> played = player.played();
      assertThat(player.complaints()).isEmpty();
      assertThat(played.getLast().period()).isEqualTo(played.getFirst().period() + 1);
      for (int i = 1; i < played.size(); i++) {
        assertThat(played.get(i).sequence()).isGreaterThan(played.get(i - 1).sequence());
      }
    }
    assertThat(players.stream().map(player -> player.played().stream().map(HlsPlaylist.Segment::uri).toList()).distinct())
        .as("the same names at every node").hasSize(1);
  }

  @Test
  void caching_headers_are_those_that_a_cache_needs() throws Exception {
    LAB.keep(Ffmpeg.publishLoop(LAB.file("publish.log"), Clip.VIDEO_ONLY.file(), cluster.origin(0).rtmp("live/heads")));
    awaitLive("live/heads");
    for (NodeProcess node : cluster.nodes()) {
      URI url = node.http("/live/heads.m3u8");
      HttpConnection.Answer list = Poll.value("a playlist at " + node, SOON, () -> {
        HttpConnection.Answer answer = HttpConnection.once(url, Duration.ofSeconds(5));
        return answer.status() == 200 ? answer : null;
      });
      HlsPlaylist playlist = HlsPlaylist.parse(list.text());
      assertThat(maxAge(list)).isBetween(0.0, playlist.targetDuration() / 2.0);
      assertThat(list.header("content-type")).isEqualTo("application/vnd.apple.mpegurl");
      HttpConnection.Answer segment =
          HttpConnection.once(url.resolve(playlist.segments().getLast().uri()), Duration.ofSeconds(5));
      assertThat(segment.status()).isEqualTo(200);
      assertThat(segment.header("cache-control")).contains("public", "max-age=3600", "immutable");
      assertThat(segment.header("access-control-allow-origin")).isEqualTo("*");
      HttpConnection.Answer missing = HttpConnection.once(node.http("/live/heads/1-1.ts"), Duration.ofSeconds(15));
      assertThat(missing.status()).isEqualTo(404);
      assertThat(maxAge(missing)).isLessThanOrEqualTo(1);
      assertThat(missing.header("access-control-allow-origin")).isEqualTo("*");
    }
  }

  private static void remember(URI playlist, Map<String, byte[]> names) throws IOException {
    HlsPlaylist now = HlsPlaylist.parse(HttpConnection.once(playlist, Duration.ofSeconds(5)).text());
    for (HlsPlaylist.Segment segment : now.segments()) {
      byte[] bytes =
          HttpConnection.once(playlist.resolve(segment.uri()), Duration.ofSeconds(5)).body().readAllBytes();
      byte[] before = names.put(segment.uri(), bytes);
      assertThat(before == null ? bytes : before).as(segment.uri()).isEqualTo(bytes);
    }
  }

  private static double maxAge(HttpConnection.Answer answer) {
    for (String part : answer.header("cache-control").split(",", -1)) {
      if (part.trim().startsWith("max-age=")) {
        return Double.parseDouble(part.trim().substring(8));
      }
    }
    return answer.header("cache-control").contains("no-") ? 0 : Double.MAX_VALUE;
  }

  private static void awaitLive(String stream) {
    Poll.until(stream + " is live", SOON, () -> new Api(cluster.origin(0)).isLive(stream));
  }
}
