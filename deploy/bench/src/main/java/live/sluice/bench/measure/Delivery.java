package live.sluice.bench.measure;

/**
 * Which packets of media came in time, of all players of one event loop. A window of each track counts, which begins with
 * the measurement and ends some time before it, so that what is late has time to come and no end of a stream is taken for
 * loss. Touched on the loop alone.
 */
public final class Delivery {
  private final Deadlines deadlines;
  private final BenchClock clock;
  private final Kind pictures = new Kind();
  private final Kind sound = new Kind();
  private boolean counting;

  /** Packets of pictures, or of sound. */
  public static final class Kind {
    private final Latencies latency = new Latencies();
    private long expected;
    private long received;
    private long inTime;

    private void add(Kind other) {
      latency.add(other.latency);
      expected += other.expected;
      received += other.received;
      inTime += other.inTime;
    }

    private PlaySummary.PacketsInTime summary() {
      return new PlaySummary.PacketsInTime(expected, received, inTime, Distribution.of(latency));
    }
  }

  /** Of players on a loop with that clock. */
  public Delivery(Deadlines deadlines, BenchClock clock) {
    this.deadlines = deadlines;
    this.clock = clock;
  }

  void begin() {
    counting = true;
  }

  /** From now on only what is late comes. */
  void settle() {
    counting = false;
  }

  /** Whether packets that are sent now count. */
  public boolean isCounting() {
    return counting;
  }

  /** Ns since 1970, as the loop last looked. */
  public long wallNanos() {
    return clock.wallNanos();
  }

  /** Those of pictures, or those of sound. */
  public Kind kind(boolean video) {
    return video ? pictures : sound;
  }

  /** So many should come. */
  public void expected(Kind kind, long count) {
    kind.expected += count;
  }

  /** One of them came. */
  public void received(Kind kind) {
    kind.received++;
  }

  /** One of those that came took so long from the publisher's clock on. */
  public void took(Kind kind, long nanos) {
    kind.latency.record(nanos);
    if (nanos <= (kind == pictures ? deadlines.pictureNanos() : deadlines.soundNanos())) {
      kind.inTime++;
    }
  }

  void add(Delivery other) {
    pictures.add(other.pictures);
    sound.add(other.sound);
  }

  /** None yet, with the same deadlines. */
  Delivery empty() {
    return new Delivery(deadlines, clock);
  }

  PlaySummary.Delivered summary() {
    return new PlaySummary.Delivered(
        deadlines.pictureNanos() / 1e6, deadlines.soundNanos() / 1e6, pictures.summary(), sound.summary());
  }
}
