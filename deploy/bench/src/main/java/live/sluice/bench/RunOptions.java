package live.sluice.bench;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What both kinds of load are told. */
final class RunOptions {
  @Option(names = "--count", paramLabel = "N", defaultValue = "1", description = "how many clients (${DEFAULT-VALUE})")
  int count;

  @Option(
      names = "--ramp",
      paramLabel = "R/s",
      defaultValue = "200",
      converter = RateConverter.class,
      description = "clients started in a second (${DEFAULT-VALUE})")
  double ramp;

  @Option(
      names = "--warmup",
      paramLabel = "T",
      defaultValue = "3s",
      description = "from the last client's start until it counts (${DEFAULT-VALUE})")
  Duration warmup = Duration.ofSeconds(3);

  @Option(names = "--threads", paramLabel = "N", defaultValue = "1", description = "event loops (${DEFAULT-VALUE})")
  int threads;

  @Option(
      names = "--pid",
      paramLabel = "P",
      defaultValue = "0",
      description = "the server's process, whose CPU and memory is measured, with its children")
  long pid;

  @Option(names = "--token", paramLabel = "T", description = "WHIP and WHEP: the bearer token of each request")
  @Nullable String token;

  @Option(
      names = "--json",
      paramLabel = "FILE",
      description = "write all that was measured to a file; - for standard output")
  @Nullable String json;

  /** Fails with what is wrong with them. */
  void check() {
    if (count < 1 || ramp <= 0 || threads < 1) {
      throw new BenchException("--count, --ramp and --threads must be greater than 0");
    }
  }
}
