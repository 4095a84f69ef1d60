package live.sluice.bench.measure;

import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramIterationValue;

/**
 * Many times as few numbers, all in ms.
 *
 * @param count how many there are; with none, all others are 0
 * @param percentiles pairs of a percentile and its time, denser towards 100
 */
public record Distribution(
    long count,
    double min,
    double mean,
    double p50,
    double p90,
    double p99,
    double p999,
    double max,
    List<List<Double>> percentiles) {
  private static final int TICKS_PER_HALF = 5;

  static Distribution of(Latencies latencies) {
    Histogram histogram = latencies.histogram();
    if (histogram.getTotalCount() == 0) {
      return new Distribution(0, 0, 0, 0, 0, 0, 0, 0, List.of());
    }
    List<List<Double>> curve = new ArrayList<>();
    for (HistogramIterationValue value : histogram.percentiles(TICKS_PER_HALF)) {
      curve.add(List.of(round(value.getPercentileLevelIteratedTo()), ms(value.getValueIteratedTo())));
    }
    return new Distribution(
        histogram.getTotalCount(),
        ms(histogram.getMinValue()),
        ms((long) histogram.getMean()),
        ms(histogram.getValueAtPercentile(50)),
        ms(histogram.getValueAtPercentile(90)),
        ms(histogram.getValueAtPercentile(99)),
        ms(histogram.getValueAtPercentile(99.9)),
        ms(histogram.getMaxValue()),
        curve);
  }

  static double ms(long micros) {
    return micros / 1_000.0;
  }

  private static double round(double percentile) {
    return Math.round(percentile * 100_000) / 100_000.0;
  }
}
