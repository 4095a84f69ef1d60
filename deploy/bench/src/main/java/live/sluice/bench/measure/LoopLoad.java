package live.sluice.bench.measure;

/** How late an event loop comes to what it has to do. Touched on the loop alone. */
public final class LoopLoad {
  private final Latencies lag = new Latencies();

  /** A task came to its turn that many ns after its time. */
  public void lag(long nanos) {
    lag.record(nanos);
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
