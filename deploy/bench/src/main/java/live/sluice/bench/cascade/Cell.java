package live.sluice.bench.cascade;

/**
 * One measurement.
 *
 * @param roundTripMs of each hop, in ms
 * @param lossPercent of each hop, each way
 * @param streams at once, of 2.5 Mb/s each
 * @param hops between regions
 */
record Cell(int roundTripMs, double lossPercent, int streams, int hops) {
  /** How late a packet may be beyond the propagation delay, in ms. */
  double boundMs() {
    return hops * (1.25 * roundTripMs + 60);
  }

  /** The delay of the way itself, in ms. */
  double propagationMs() {
    return hops * roundTripMs / 2.0;
  }

  /** What is to be reached, in percent. */
  double barPercent() {
    return lossPercent <= 1 ? 99.9 : 99.5;
  }

  @Override
  public String toString() {
    return roundTripMs + " ms, " + lossPercent + " %, " + streams + " x " + hops + " hops";
  }
}
