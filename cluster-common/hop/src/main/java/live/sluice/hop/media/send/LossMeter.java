package live.sluice.hop.media.send;

/** The share of packets that the path loses, from the counters of reports. */
final class LossMeter {
  /** For each report: a weight of 2.5 s. */
  private static final double MEMORY = 0.98;

  /** More than this share is too much: less is taken for the path's own. */
  private static final double MUCH = 0.10;
  /** Chance loses more now and then: so it must be two standard deviations above that. */
  private static final double DEVIATIONS = 2 * Math.sqrt(MUCH * (1 - MUCH));

  private static final int LEAST_PACKETS = 20;
  /** A report that comes in the midst of a keyframe takes what is being overtaken for lost; the next one does not. */
  private static final int LEAST_REPORTS = 2;

  private static final int ENOUGH_PACKETS = 1_000;
  private static final long ENOUGH_NANOS = 3_000_000_000L;
  private static final int MOST_DELTA = 1 << 20;
  /** A path that lost nothing for so long loses nothing. */
  private static final long LATELY_NANOS = 60_000_000_000L;

  private boolean started;
  private int lastExpected;
  private int lastArrived;
  private double expectedLately;
  private double lostLately;
  private long expected;
  private long lost;
  private long since;
  private int muchReports;
  private boolean hasLost;
  private long lostAt;

  /** Takes a report's counters of what must have been sent, and what arrived without being sent again. */
  void add(int expectedTotal, int arrivedTotal, long now) {
    int newExpected = expectedTotal - lastExpected;
    int newLost = newExpected - (arrivedTotal - lastArrived);
    lastExpected = expectedTotal;
    lastArrived = arrivedTotal;
    if (!started) {
      started = true;
      reset(now);
      return;
    }
    if (newExpected < 0 || newExpected > MOST_DELTA || newLost > newExpected || newLost < -MOST_DELTA) {
      return; // no counters of ours
    }
    if (newLost > 0) {
      hasLost = true;
      lostAt = now;
    }
    expectedLately = MEMORY * expectedLately + newExpected;
    lostLately = Math.max(0, MEMORY * lostLately + newLost);
    if (expected > ENOUGH_PACKETS || now - since > ENOUGH_NANOS) {
      begin(now);
    }
    expected += newExpected;
    lost += newLost;
    muchReports = isOver() ? muchReports + 1 : 0;
  }

  private boolean isOver() {
    return expected >= LEAST_PACKETS && lost > MUCH * expected + DEVIATIONS * Math.sqrt((double) expected);
  }

  /** Whether anything was lost during the last minute. */
  boolean loses(long now) {
    return hasLost && now - lostAt < LATELY_NANOS;
  }

  /** The share lost during the last seconds, 0 to 1. */
  double ratio() {
    return expectedLately < 1 ? 0 : Math.min(1, lostLately / expectedLately);
  }

  /** Whether more was lost since the last {@link #reset}, or for some seconds, than is borne. */
  boolean isMuch() {
    return muchReports >= LEAST_REPORTS;
  }

  /** The share that was lost in that time. */
  double share() {
    return expected == 0 ? 0 : Math.clamp((double) lost / expected, 0, 1);
  }

  void reset(long now) {
    muchReports = 0;
    begin(now);
  }

  private void begin(long now) {
    expected = 0;
    lost = 0;
    since = now;
  }
}
