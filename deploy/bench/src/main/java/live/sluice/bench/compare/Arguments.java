package live.sluice.bench.compare;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import live.sluice.bench.compare.server.Server;

/** What the processes that make the load are told. */
final class Arguments {
  /** The name of the stream that is played. */
  static final String STREAM = "bench";

  /** How long players go on beyond the measurement, so that its end does not fall into theirs. */
  static final Duration MARGIN = Duration.ofSeconds(1);

  private Arguments() {}

  /** One publisher of the stream that is played, or several with names of their own. */
  static List<String> publish(Plan plan, Server server, int count) {
    String stream = count == 1 ? STREAM : STREAM + "{n}";
    List<String> arguments = new ArrayList<>();
    arguments.add(server.publishUrl(plan.load(), stream));
    arguments.addAll(List.of("--count", Integer.toString(count), "--bitrate", Long.toString(plan.bitrate())));
    return arguments;
  }

  /** The same as the load itself: with a warm-up and an end. */
  static List<String> publishFor(Plan plan, Server server, int count, Duration warmup, Duration measure) {
    List<String> arguments = publish(plan, server, count);
    arguments.addAll(times(plan, warmup, measure));
    return arguments;
  }

  static List<String> play(Plan plan, Server server, int count, Duration warmup, Duration measure) {
    List<String> arguments = new ArrayList<>();
    arguments.add(server.playUrl(plan.load(), STREAM, plan.latency()));
    arguments.addAll(List.of("--count", Integer.toString(count)));
    arguments.addAll(times(plan, warmup, measure));
    return arguments;
  }

  private static List<String> times(Plan plan, Duration warmup, Duration measure) {
    return List.of(
        "--ramp",
        Integer.toString(plan.ramp()),
        "--warmup",
        warmup.toMillis() + "ms",
        "--for",
        measure.plus(MARGIN).toMillis() + "ms");
  }
}
