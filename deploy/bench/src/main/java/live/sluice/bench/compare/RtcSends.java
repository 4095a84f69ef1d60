package live.sluice.bench.compare;

import org.jspecify.annotations.Nullable;

/**
 * How a node sent datagrams of WebRTC, as its counters tell.
 *
 * @param datagrams all of them
 * @param sends calls, or parts of calls, of the system by which they left
 * @param trains of these those that were several datagrams (GSO)
 */
record RtcSends(double datagrams, double sends, double trains) {
  private static final String DATAGRAMS = "sluice_rtc_sent_datagrams_total";
  private static final String SENDS = "sluice_rtc_sends_total";
  private static final String TRAIN = "form=\"train\"";

  /** Of the text that Prometheus would be told; null where the node does not count them. */
  static @Nullable RtcSends of(String metrics) {
    double datagrams = value(metrics, DATAGRAMS, "");
    double sends = value(metrics, SENDS, "");
    double trains = value(metrics, SENDS, TRAIN);
    return datagrams < 0 || sends < 0 || trains < 0 ? null : new RtcSends(datagrams, sends, trains);
  }

  /** The sum over all that have the label, or over all; below 0 where there is no such counter. */
  private static double value(String metrics, String name, String label) {
    double sum = -1;
    for (String line : metrics.split("\n", -1)) {
      boolean named =
          line.startsWith(name) && line.length() > name.length() && "{ ".indexOf(line.charAt(name.length())) >= 0;
      if (named && line.contains(label)) {
        try {
          sum = Math.max(0, sum) + Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1));
        } catch (NumberFormatException e) {
          return -1;
        }
      }
    }
    return sum;
  }

  RtcSends since(RtcSends before) {
    return new RtcSends(datagrams - before.datagrams, sends - before.sends, trains - before.trains);
  }

  /** Of all datagrams those that did not leave alone. */
  double percentInTrains() {
    double alone = sends - trains;
    return datagrams <= 0 ? 0 : 100 * (datagrams - alone) / datagrams;
  }
}
