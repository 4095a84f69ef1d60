package live.sluice.pull;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Pauses between retries: the first within the least pause, each next one twice as long up to the greatest, and each
 * anywhere in its upper half, so that the pullers of a dead owner don't come back at the same moment. Not thread-safe.
 */
final class BackOff {
  private final long minMs;
  private final long maxMs;
  private long nextMs;

  BackOff(Duration min, Duration max) {
    minMs = Math.max(1, min.toMillis());
    maxMs = Math.max(minMs, max.toMillis());
    nextMs = minMs;
  }

  /** The next pause, in ms. */
  long next() {
    long pause = nextMs / 2 + ThreadLocalRandom.current().nextLong(nextMs / 2 + 1);
    nextMs = Math.min(maxMs, nextMs * 2);
    return Math.max(1, pause);
  }

  /** Begins anew: something changed for the better. */
  void reset() {
    nextMs = minMs;
  }
}
