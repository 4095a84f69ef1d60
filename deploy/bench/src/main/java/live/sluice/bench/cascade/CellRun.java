package live.sluice.bench.cascade;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import live.sluice.bench.BenchException;
import live.sluice.bench.clip.RtcClip;
import live.sluice.bench.clip.SyntheticClip;
import live.sluice.bench.compare.LoadProcess;
import live.sluice.bench.load.PlayOptions;
import live.sluice.bench.measure.Machine;
import tools.jackson.databind.JsonNode;

/** Measures cells in a laboratory: publishers in the first region, players where the cell has them. */
final class CellRun {
  private static final int BITS = 2_500_000;
  private static final Duration GOP = Duration.ofSeconds(2);
  private static final int FPS = 30;

  /** So long players have played before it counts: then the way is known to those who send. */
  private static final int WARM_UP_SECONDS = 5;

  /** Until a new stream is known everywhere. */
  private static final int KNOWN_SECONDS = 3;

  private static final Duration LIMIT = Duration.ofSeconds(40);

  private final Laboratory lab;
  private final Map<String, Laboratory.Node> nodes;
  private final Path scratch;

  /** Packets of pictures a second, of one stream. */
  private final double pictureRate;

  private int streamsSoFar;

  CellRun(Laboratory lab, Path scratch) {
    this.lab = lab;
    this.nodes = lab.nodes();
    this.scratch = scratch;
    this.pictureRate = RtcClip.of(SyntheticClip.ofPictures(BITS, FPS, GOP)).packetsPerSecond();
  }

  /**
   * Measures.
   *
   * @param seconds that count
   * @throws BenchException where it can't be measured
   */
  CellResult measure(Cell cell, int seconds) throws InterruptedException {
    String measured = Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
    if (cell.hops() > 0) {
      lab.set(cell);
    }
    // No stream has a name that another one had: what is still known of that one would be measured too.
    String streams = "/live/s" + streamsSoFar++ + "-{n}";
    String many = Integer.toString(cell.streams());
    int played = seconds + (int) PlayOptions.SETTLE.toSeconds();
    try (LoadProcess publishers = LoadProcess.start("publish", publish(streams, many), scratch)) {
      publishers.awaitClient(LIMIT);
      TimeUnit.SECONDS.sleep(KNOWN_SECONDS);
      long before = lab.left();
      long begun = System.nanoTime();
      try (LoadProcess players = LoadProcess.start("play", play(cell, streams, many, played), scratch)) {
        TimeUnit.SECONDS.sleep(WARM_UP_SECONDS);
        NodeWatch watch = new NodeWatch(nodes.values());
        for (int second = 0; second < played; second++) {
          TimeUnit.SECONDS.sleep(1);
          players.mustRun();
          publishers.mustRun();
          watch.look();
        }
        watch.end();
        JsonNode record = players.result(LIMIT);
        double lasted = (System.nanoTime() - begun) / 1e9;
        double crossed = (lab.left() - before) / (lasted * cell.streams() * BITS / 8);
        JsonNode published = publishers.stop(LIMIT);
        return result(cell, measured, seconds, record, published, crossed, watch);
      }
    }
  }

  private List<String> publish(String streams, String many) {
    return List.of(
        api("r1") + streams + "/whip", "--count", many, "--bitrate", BITS / 1000 + "k", "--fps", Integer.toString(FPS),
        "--gop", GOP.toSeconds() + "s", "--warmup", "0s");
  }

  private List<String> play(Cell cell, String streams, String many, int seconds) {
    return List.of(
        api(cell.playersRegion()) + streams + "/whep", "--count", many, "--streams", many, "--for", seconds + "s",
        "--warmup", WARM_UP_SECONDS + "s", "--deadline", ms(cell.deadlineMs()), "--sound-deadline", ms(Cell.SOUND_MS));
  }

  private static String ms(double ms) {
    return String.format(Locale.ROOT, "%.1fms", ms);
  }

  private String api(String region) {
    Laboratory.Node node = nodes.get(region);
    if (node == null) {
      throw new BenchException("there is no region " + region);
    }
    return node.api();
  }

  private CellResult result(
      Cell cell, String measured, int seconds, JsonNode record, JsonNode published, double crossed, NodeWatch watch) {
    JsonNode play = record.path("play");
    if (play.path("played").asInt() < cell.streams() || play.path("disconnected").asInt() > 0) {
      throw new BenchException(
          play.path("played").asInt() + " of " + cell.streams() + " players came to play, "
              + play.path("disconnected").asInt() + " were cut off: " + play.path("reasons"));
    }
    List<String> warnings = new ArrayList<>();
    record.path("warnings").forEach(warning -> warnings.add("players: " + warning.asString()));
    published.path("warnings").forEach(warning -> warnings.add("publishers: " + warning.asString()));
    double streamSeconds = (double) seconds * cell.streams();
    JsonNode delivered = play.path("delivered");
    return new CellResult(
        cell,
        measured,
        null,
        seconds,
        Share.of(delivered.path("pictures"), pictureRate * streamSeconds),
        Share.of(delivered.path("sound"), 1_000.0 / RtcClip.SOUND_MS * streamSeconds),
        Math.round(1_000 * crossed) / 1e3,
        play.path("stalls").path("count").asLong(),
        play.path("packets").path("keyframeRequests").asLong(),
        watch.links(),
        watch.cpuPercent(),
        record.path("generator").path("cpuPercent").asDouble() + published.path("generator").path("cpuPercent").asDouble(),
        Machine.loadAverage(),
        warnings);
  }
}
