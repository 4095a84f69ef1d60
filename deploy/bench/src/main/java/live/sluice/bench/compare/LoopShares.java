package live.sluice.bench.compare;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import live.sluice.bench.proc.ThreadTime;

/**
 * How a server's work is spread over its event loops.
 *
 * @param least percent of the CPU of all loops that the least busy one spent
 * @param most the same of the busiest
 */
record LoopShares(double least, double most) {
  /** Sluice's loops are Vert.x's, {@code vert.x-eventloop-thread-0}; the JVM shortens names in their middle. */
  private static final Pattern LOOP = Pattern.compile("vert\\.x-e.*|vert\\.x-\\.\\..*read-[0-9]+");

  /** Loops that did less than this share in all are such as carry nothing: those that accept, or that of the API. */
  private static final double IDLE = 0.02;

  /** Of the threads of a server; empty where it has no loops that are known by their names. */
  static Optional<LoopShares> of(List<ThreadTime> threads) {
    double[] loops =
        threads.stream()
            .filter(thread -> LOOP.matcher(thread.name()).matches())
            .mapToDouble(thread -> thread.cpu().totalSeconds())
            .toArray();
    double sum = 0;
    for (double loop : loops) {
      sum += loop;
    }
    if (sum <= 0) {
      return Optional.empty();
    }
    double least = Double.MAX_VALUE;
    double most = 0;
    for (double loop : loops) {
      if (loop / sum >= IDLE || loops.length == 1) {
        least = Math.min(least, loop / sum * 100);
        most = Math.max(most, loop / sum * 100);
      }
    }
    return Optional.of(new LoopShares(least, most));
  }
}
