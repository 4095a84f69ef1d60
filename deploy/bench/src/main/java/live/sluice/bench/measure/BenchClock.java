package live.sluice.bench.measure;

import java.time.Instant;
import java.util.function.LongSupplier;

/**
 * The time of one event loop, looked up once for each read and not once for each frame. Not thread-safe.
 *
 * <p>Wall time is the monotonic clock plus an offset that is found anew by {@link #align}: so that reading it makes no
 * garbage, and all processes of a machine agree.
 */
public final class BenchClock {
  private final LongSupplier monotonic;
  private final LongSupplier wall;
  private long nanos;
  private long offset;

  /** The machine's clocks. */
  public BenchClock() {
    this(System::nanoTime, BenchClock::systemWall);
  }

  /** Clocks of a test's own; both in ns, {@code wall} since 1970. */
  public BenchClock(LongSupplier monotonic, LongSupplier wall) {
    this.monotonic = monotonic;
    this.wall = wall;
    align();
  }

  private static long systemWall() {
    Instant now = Instant.now();
    return now.getEpochSecond() * 1_000_000_000 + now.getNano();
  }

  /** Looks at both clocks. */
  public void align() {
    long best = Long.MAX_VALUE;
    for (int i = 0; i < 3; i++) {
      long before = monotonic.getAsLong();
      long there = wall.getAsLong();
      long after = monotonic.getAsLong();
      if (after - before < best) {
        best = after - before;
        offset = there - before - best / 2;
        nanos = after;
      }
    }
  }

  /** Looks at the monotonic clock, and returns it. */
  public long read() {
    nanos = monotonic.getAsLong();
    return nanos;
  }

  /** Monotonic ns at the last look. */
  public long nanos() {
    return nanos;
  }

  /** Ns since 1970 at the last look. */
  public long wallNanos() {
    return nanos + offset;
  }
}
