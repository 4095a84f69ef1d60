package live.sluice.hop.media.send;

import live.sluice.hop.media.wire.FeedbackReader;

/**
 * What the path is thought to carry, in bits a second. A queue that builds up, or more than 10 % lost, lowers it to a
 * little less than what arrives; less loss than that is taken for the path's own. It grows while it is used: fast while it
 * was never lowered, and slowly near where it was lowered last. Two links that share a queue both see it grow, and both
 * give way.
 */
final class RateEstimate {
  static final long START = 40_000_000;
  static final long LEAST = 200_000;
  static final long MOST = 2_000_000_000;

  private static final double BACK_OFF = 0.85;
  private static final double LITTLE_LOSS = 0.02;
  private static final long SETTLE_NANOS = 100_000_000;
  private static final int VAIN = 4;
  private static final int STAYS = 4;
  private static final long HIGH_QUEUE = 50_000_000;

  /** What queues lose when they are full: a path that only became longer loses less. */
  private static final double QUEUE_LOSS = 0.05;

  /** Paths do not change more often; what looks like it is a queue. */
  private static final long PATH_NANOS = 3_000_000_000L;

  private final QueueingDelay delay = new QueueingDelay();
  private final LossMeter loss = new LossMeter();
  private final ArrivingRate arriving = new ArrivingRate();
  private final Restoration restoration = new Restoration();
  private double rate = START;
  /** What arrived when it was lowered last; 0 where it never was, or that no longer holds. */
  private double capacity;

  private boolean lowered;
  private long loweredAt;
  private long queueWhenLowered;
  private int vain;
  private int highReports;
  private boolean longer;
  private long longerAt;
  private boolean started;
  private long updated;

  /**
   * Takes the counters and times of a report.
   *
   * @param limited whether something waits for room
   * @param roundTrip in ns
   * @return whether the estimate was lowered
   */
  boolean onReport(FeedbackReader report, boolean limited, long roundTrip, long now) {
    double seconds = started ? Math.clamp((now - updated) / 1e9, 0, 0.2) : 0;
    started = true;
    updated = now;
    arriving.add(report.now(), report.bytes());
    loss.add(report.expected(), report.arrived(), now);
    if (report.hasDelay()) {
      delay.add(report.leastTransit(), report.mostTransit(), now);
      highReports = delay.isHigh() ? highReports + 1 : 0;
    }
    boolean settled = !lowered || now - loweredAt >= SETTLE_NANOS + roundTrip;
    if (loss.isMuch() && settled) {
      double share = loss.share();
      loss.reset(now);
      lower(Math.min(rate, 1.2 * arrivingOr(rate) / (1 - Math.min(share, 0.9))) * (1 - share / 2), now);
      return true;
    }
    if (highReports >= STAYS && isLongerWay(now)) {
      longer = true;
      longerAt = now;
      highReports = 0;
      delay.rebase(now);
    }
    if (isQueueing() && settled) {
      return onQueue(roundTrip, now);
    }
    if (highReports == 0) {
      restoration.carries(arrivingOr(0), seconds);
      restore(roundTrip, now);
      grow(limited, seconds);
    }
    return false;
  }

  private boolean isLongerWay(long now) {
    return delay.isStep() && loss.ratio() < QUEUE_LOSS && (!longer || now - longerAt >= PATH_NANOS);
  }

  /** A burst of keyframes is no queue that stays: a high one is given two reports to fall, another one four. */
  private boolean isQueueing() {
    boolean stays = highReports >= STAYS || (highReports >= 2 && delay.nanos() > HIGH_QUEUE && !delay.isStep());
    return stays && !delay.isFalling();
  }

  private boolean onQueue(long roundTrip, long now) {
    boolean followsAnother = lowered && now - loweredAt < 4 * (SETTLE_NANOS + roundTrip);
    vain = followsAnother && delay.nanos() > 0.8 * queueWhenLowered && loss.ratio() < LITTLE_LOSS ? vain + 1 : 0;
    if (vain >= VAIN) {
      // Sending less does not shorten the queue: it is none, but another path.
      vain = 0;
      highReports = 0;
      delay.rebase(now);
      return false;
    }
    queueWhenLowered = delay.nanos();
    lower(BACK_OFF * arrivingOr(rate), now);
    return true;
  }

  private void restore(long roundTrip, long now) {
    double tried = restoration.toTry(rate, roundTrip, now);
    if (tried > 0) {
      rate = Math.clamp(tried, LEAST, MOST);
      capacity = 0;
    }
  }

  private void lower(double to, long now) {
    capacity = arrivingOr(rate);
    restoration.lowered(rate, capacity, now);
    rate = Math.clamp(Math.min(rate, to), LEAST, MOST);
    lowered = true;
    loweredAt = now;
  }

  private void grow(boolean limited, double seconds) {
    double arrives = arrivingOr(0);
    if (arrives > 1.1 * capacity) {
      capacity = 0;
    }
    if (limited || arrives > 0.6 * rate) {
      double grown = rate * Math.pow(growth(), seconds);
      rate = Math.clamp(Math.max(rate, Math.min(grown, 1.5 * arrives + LEAST)), LEAST, MOST);
    }
    // What arrives without a queue is carried.
    rate = Math.clamp(Math.max(rate, arrives), LEAST, MOST);
  }

  /** By how much it grows in a second. */
  private double growth() {
    if (!lowered) {
      return 2;
    }
    return capacity > 0 && rate > 0.9 * capacity ? 1.05 : 1.3;
  }

  private double arrivingOr(double unknown) {
    long bits = arriving.bitsPerSecond();
    return bits > 0 ? (double) bits : unknown;
  }

  /** More is tried, to see whether the path carries it. */
  void probe(long bitsPerSecond) {
    rate = Math.clamp(Math.max(rate, (double) bitsPerSecond), LEAST, MOST);
    capacity = 0;
  }

  long bitsPerSecond() {
    return (long) rate;
  }

  long arrivingBitsPerSecond() {
    return arriving.bitsPerSecond();
  }

  /** Whether it was not lowered for so long. */
  boolean isCalmFor(long nanos, long now) {
    return !lowered || now - loweredAt >= nanos;
  }

  /** Whether the path lost anything during the last minute. */
  boolean loses(long now) {
    return loss.loses(now);
  }

  double lossRatio() {
    return loss.ratio();
  }

  long queueingNanos() {
    return delay.nanos();
  }

  /** By how much the slowest packet of the last report was delayed, in ns. */
  long worstQueueingNanos() {
    return delay.mostNanos();
  }
}
