package live.sluice.bench.measure;

import org.HdrHistogram.Histogram;

/** Times in µs, from 1 µs to 60 s, three digits; what is out of these bounds counts as the bound. */
public final class Latencies {
  static final long MAX_MICROS = 60_000_000;

  private final Histogram histogram = new Histogram(1, MAX_MICROS, 3);

  void record(long nanos) {
    histogram.recordValue(micros(nanos));
  }

  /** The same, and what would have been seen each interval in between. */
  void recordEach(long nanos, long intervalNanos) {
    histogram.recordValueWithExpectedInterval(micros(nanos), intervalNanos / 1_000);
  }

  static long micros(long nanos) {
    return Math.clamp(nanos / 1_000, 1, MAX_MICROS);
  }

  /** Adds all of another. */
  public void add(Latencies other) {
    histogram.add(other.histogram);
  }

  void reset() {
    histogram.reset();
  }

  long count() {
    return histogram.getTotalCount();
  }

  /** Whether there are any. */
  public boolean any() {
    return count() > 0;
  }

  /** The time, in ms, that so many percent do not exceed. */
  public double percentileMs(double percent) {
    return Distribution.ms(histogram.getValueAtPercentile(percent));
  }

  Histogram histogram() {
    return histogram;
  }
}
