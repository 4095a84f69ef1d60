package live.sluice.bench.compare;

import java.util.Arrays;
import java.util.Collection;

/**
 * What several rounds gave.
 *
 * @param median the middle one, or the mean of the two middle ones
 * @param least the least
 * @param most the greatest
 */
record Spread(double median, double least, double most) {
  /** Of one value or more. */
  static Spread of(Collection<Double> values) {
    double[] sorted = values.stream().mapToDouble(Double::doubleValue).toArray();
    if (sorted.length == 0) {
      throw new IllegalArgumentException("nothing was measured");
    }
    Arrays.sort(sorted);
    double middle = (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
    return new Spread(middle, sorted[0], sorted[sorted.length - 1]);
  }
}
