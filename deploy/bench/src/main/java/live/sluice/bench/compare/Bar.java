package live.sluice.bench.compare;

/**
 * What a scenario is to reach.
 *
 * @param metric which figure
 * @param entrant whose
 * @param ratio whether it is meant as a ratio to the baseline
 * @param least the least it may be
 * @param most the most it may be
 */
record Bar(Metric metric, String entrant, boolean ratio, double least, double most) {
  static Bar ratioAtMost(Metric metric, String entrant, double most) {
    return new Bar(metric, entrant, true, 0, most);
  }

  static Bar ratioAtLeast(Metric metric, String entrant, double least) {
    return new Bar(metric, entrant, true, least, Double.MAX_VALUE);
  }

  static Bar atMost(Metric metric, String entrant, double most) {
    return new Bar(metric, entrant, false, 0, most);
  }

  static Bar atLeast(Metric metric, String entrant, double least) {
    return new Bar(metric, entrant, false, least, Double.MAX_VALUE);
  }

  boolean met(double median) {
    return median >= least && median <= most;
  }

  String text() {
    return most == Double.MAX_VALUE ? "at least " + number(least) : "at most " + number(most);
  }

  private static String number(double value) {
    return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
  }
}
