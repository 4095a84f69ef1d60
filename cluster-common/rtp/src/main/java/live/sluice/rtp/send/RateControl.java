package live.sluice.rtp.send;

/**
 * Additive increase, multiplicative decrease (draft-ietf-rmcat-gcc-02, section 5.5): what arrives while the path is
 * overused is its capacity; near it the rate grows by about a packet in each response time, away from it by 8 % a
 * second.
 */
final class RateControl {
  private static final double BACK_OFF = 0.85;
  private static final double GROWTH = 1.08;
  /** Where bursts say that there is far more. */
  private static final double FAST_GROWTH = 1.5;

  /** What bursts are carried at is the capacity of the narrowest link, which others use too. */
  private static final double BURSTS_TRUSTED = 0.75;

  private static final double CAPACITY_SMOOTHING = 0.05;
  private static final int PACKET_BITS = 1200 * 8;
  private static final long LEAST_STEP = 1000;

  private final double least;
  private final double most;
  private double rate;
  private boolean growing;
  private long updated;
  private boolean started;
  private boolean decreased;
  private long decreasedAt;

  private double capacity;
  private double capacityDeviation = 0.4;

  RateControl(long start, long least, long most) {
    this.rate = start;
    this.least = least;
    this.most = most;
  }

  long rate() {
    return (long) rate;
  }

  /**
   * Goes one step.
   *
   * @param acked what arrives, in bits a second; 0 where unknown
   * @param bursts what the path carried for the length of a burst, in bits a second; 0 where unknown
   * @param roundTrip in µs
   */
  void update(DelayGradient.Usage usage, long acked, long bursts, long roundTrip, long nowMicros) {
    double seconds = started ? Math.min(1, (nowMicros - updated) / 1e6) : 0;
    updated = nowMicros;
    started = true;
    switch (usage) {
      case OVER -> {
        if (!decreased || nowMicros - decreasedAt >= Math.clamp(roundTrip, 10_000, 200_000)) {
          decrease(acked);
          decreased = true;
          decreasedAt = nowMicros;
        }
      }
      case UNDER -> growing = false;
      case NORMAL -> {
        if (growing) {
          increase(acked, bursts, roundTrip, seconds);
        }
        growing = true;
      }
    }
  }

  private void decrease(long acked) {
    double arriving = acked > 0 ? acked : rate;
    if (isFarBelowCapacity(arriving)) {
      capacity = 0;
    }
    remember(arriving);
    rate = Math.clamp(Math.min(rate, BACK_OFF * arriving), least, most);
    growing = false;
  }

  private void increase(long acked, long bursts, long roundTrip, double seconds) {
    if (acked > 0 && capacity > 0 && acked > capacity + 3 * deviation()) {
      capacity = 0;
    }
    double carried = BURSTS_TRUSTED * bursts;
    double grown;
    if (capacity > 0) {
      grown = rate + seconds * PACKET_BITS * 1e6 / (roundTrip + 100_000);
    } else {
      double growth = rate < carried / 2 ? FAST_GROWTH : GROWTH;
      grown = Math.max(rate * Math.pow(growth, seconds), rate + LEAST_STEP * seconds);
    }
    // What is not sent proves nothing: half as much again as arrives, at most, or most of what bursts were carried at.
    double proved = acked > 0 ? Math.max(1.5 * acked + 10_000, carried) : grown;
    rate = Math.clamp(Math.max(rate, Math.min(grown, proved)), least, most);
  }

  private boolean isFarBelowCapacity(double arriving) {
    return capacity > 0 && arriving < capacity - 3 * deviation();
  }

  private void remember(double arriving) {
    if (capacity == 0) {
      capacity = arriving;
      return;
    }
    double error = capacity - arriving;
    capacity += CAPACITY_SMOOTHING * -error;
    double squared = error * error / (capacity * 1000);
    capacityDeviation += CAPACITY_SMOOTHING * (squared - capacityDeviation);
    capacityDeviation = Math.clamp(capacityDeviation, 0.4, 2.5);
  }

  /** In bits a second; the smoothed variance is kept relative to the capacity, in kb/s. */
  private double deviation() {
    return Math.sqrt(capacityDeviation * capacity * 1000);
  }
}
