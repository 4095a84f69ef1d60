package live.sluice.bench.compare;

import java.time.Duration;
import java.util.List;
import live.sluice.bench.compare.server.Protocol;

/**
 * A comparison, with all that is to be known to run it.
 *
 * @param name the scenario's, or what was chosen by hand
 * @param load what kind of clients
 * @param latency realtime, balanced or throughput
 * @param clients how many players, or publishers
 * @param bitrate of each stream in bits a second
 * @param rounds how often each entrant has its turn
 * @param warmup load before the measurement
 * @param measure how long is measured
 * @param fresh whether each turn has a server that was just started: memory is measured so; else a server stays from round
 *     to round, as one does that serves for days
 * @param entrants who takes part; in this order in each round
 * @param baseline the entrant that ratios are to
 * @param bars what is to be reached
 */
record Plan(
    String name,
    Protocol load,
    String latency,
    int clients,
    long bitrate,
    int rounds,
    Duration warmup,
    Duration measure,
    boolean fresh,
    List<Entrant> entrants,
    String baseline,
    List<Bar> bars) {
  private static final int MOST_BASE_SECONDS = 20;
  private static final int MOST_BASE_WARMUP_SECONDS = 3;
  private static final int MOST_RECORDED_SECONDS = 15;
  private static final int WANTED_RAMP_SECONDS = 5;
  private static final int LEAST_RAMP = 50;

  /** Time between two writes that goes with the latency profile, in ms. */
  long windowMs() {
    return switch (latency) {
      case "realtime" -> 0;
      case "throughput" -> 350;
      default -> 100;
    };
  }

  /** How long one client alone is measured. */
  Duration base() {
    return atMost(measure, MOST_BASE_SECONDS);
  }

  /** How long the first client of a server that was just started is measured, for its memory. */
  Duration first() {
    return atMost(measure, fresh ? MOST_BASE_SECONDS : 1);
  }

  /** How long one client alone warms up. */
  Duration baseWarmup() {
    return atMost(warmup, MOST_BASE_WARMUP_SECONDS);
  }

  /** How much of the stream is recorded for the floor. */
  Duration recorded() {
    return atMost(measure.plusSeconds(2), MOST_RECORDED_SECONDS);
  }

  private static Duration atMost(Duration duration, int seconds) {
    Duration most = Duration.ofSeconds(seconds);
    return duration.compareTo(most) < 0 ? duration : most;
  }

  /** New clients a second. */
  int ramp() {
    return Math.max(LEAST_RAMP, clients / WANTED_RAMP_SECONDS);
  }

  /** How long it takes until all clients are there. */
  Duration rampTime() {
    return Duration.ofMillis(1000L * clients / ramp() + 500);
  }

  private boolean isWindowed() {
    return load == Protocol.FLV || load == Protocol.WS_FLV || load == Protocol.RTMP;
  }

  /** One line for people. */
  String describe() {
    String each = bitrate >= 1_000_000 ? bitrate / 1e6 + " Mb/s" : bitrate / 1000 + " kb/s";
    String who = load == Protocol.PUBLISH ? "RTMP publishers" : load.label() + " players";
    String window = isWindowed() ? ", window " + windowMs() + " ms" : "";
    return "%,d %s of %s%s; %d rounds, %d s each after %d s of warm-up"
        .formatted(
            clients, who, each.replace(".0 ", " "), window, rounds, measure.toSeconds(), warmup.toSeconds());
  }
}
