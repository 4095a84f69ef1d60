package live.sluice.bench.cascade;

import java.util.Locale;

/**
 * One measurement.
 *
 * @param over how streams cross: {@code quic} or {@code tcp}
 * @param roundTripMs of each hop, in ms
 * @param lossPercent of each hop, each way
 * @param streams at once, of 2.5 Mb/s each
 * @param hops between regions; 0: players are at the publishers' node
 */
record Cell(String over, int roundTripMs, double lossPercent, int streams, int hops) {
  /** How late sound may be, whatever the way, in ms. */
  static final double SOUND_MS = 400;

  /** What one hop may add at the 99th percentile where nothing is lost, in ms. */
  static final double ADDED_MS = 5;

  private static final double LEAST_MS = 60;

  /** How late a packet of pictures may be, the propagation delay among it, in ms. */
  double deadlineMs() {
    return propagationMs() + Math.max(1, hops) * (1.25 * roundTripMs + LEAST_MS);
  }

  /** The delay of the way itself, in ms. */
  double propagationMs() {
    return hops * roundTripMs / 2.0;
  }

  /** What is to be delivered in time, in percent. */
  double barPercent() {
    return lossPercent <= 1 ? 99.9 : 99.5;
  }

  /** Where its players are. */
  String playersRegion() {
    return "r" + (hops + 1);
  }

  @Override
  public String toString() {
    String way = hops == 0 ? "no hop" : hops + (hops == 1 ? " hop" : " hops") + " over " + over;
    return String.format(
        Locale.ROOT, "%s, %d ms, %s %%, %d x 2.5 Mb/s", way, roundTripMs, plain(lossPercent), streams);
  }

  /** A number without zeros behind it. */
  static String plain(double value) {
    return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
  }
}
