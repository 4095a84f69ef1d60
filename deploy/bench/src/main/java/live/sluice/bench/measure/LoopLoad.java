package live.sluice.bench.measure;

/** How late an event loop comes to what it has to do. Touched on the loop alone. */
public final class LoopLoad {
  private final Latencies lag = new Latencies();

  /**
   * A task came to its turn that many ns after its time. Those that would have been due in the meantime count too.
   *
   * @param intervalNanos from one such task to the next
   */
  public void lag(long nanos, long intervalNanos) {
    lag.recordEach(nanos, intervalNanos);
  }

  /** Forgets what was before. */
  public void begin() {
    lag.reset();
  }

  /** A copy. */
  public Latencies lags() {
    Latencies copy = new Latencies();
    copy.add(lag);
    return copy;
  }
}
