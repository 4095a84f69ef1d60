package live.sluice.rtp.send;

/**
 * The bound that loss sets (draft-ietf-rmcat-gcc-02, section 6): more than 10 % lost halves it by the share that was
 * lost, less than 2 % lets it grow, and what is between is taken as the path's own.
 */
final class LossControl {
  private static final double MUCH = 0.10;
  private static final double LITTLE = 0.02;
  private static final double GROWTH = 1.08;
  /** So many packets, or fewer in a second, tell 5 % from 10 %. */
  private static final int ENOUGH_PACKETS = 100;

  private static final int LEAST_PACKETS = 20;
  private static final long ENOUGH_MICROS = 1_000_000;
  private static final long SETTLE_MICROS = 300_000;

  private final double least;
  private final double most;
  private double bound;
  private int arrived;
  private int missing;
  private boolean started;
  private long updated;
  private boolean decreased;
  private long decreasedAt;

  LossControl(long least, long most) {
    this.least = least;
    this.most = most;
    this.bound = most;
  }

  /** In bits a second. */
  long bound() {
    return (long) bound;
  }

  void onArrived() {
    arrived++;
  }

  void onMissing() {
    missing++;
  }

  /**
   * Judges what was told since the last time, where it is enough.
   *
   * @param rate what is allowed now, in bits a second
   * @param roundTrip in µs
   */
  void update(long rate, long roundTrip, long nowMicros) {
    int all = arrived + missing;
    if (all < LEAST_PACKETS || (all < ENOUGH_PACKETS && started && nowMicros - updated < ENOUGH_MICROS)) {
      return;
    }
    update((double) missing / all, rate, roundTrip, nowMicros);
    arrived = 0;
    missing = 0;
  }

  /** Takes the share of packets that were lost, from 0 to 1, as a receiver report tells it. */
  void update(double lost, long rate, long roundTrip, long nowMicros) {
    double seconds = started ? Math.min(1, (nowMicros - updated) / 1e6) : 0;
    updated = nowMicros;
    started = true;
    if (lost < LITTLE) {
      bound = Math.min(most, bound * Math.pow(GROWTH, seconds));
    } else if (lost > MUCH && (!decreased || nowMicros - decreasedAt >= SETTLE_MICROS + roundTrip)) {
      decreased = true;
      decreasedAt = nowMicros;
      bound = Math.max(least, Math.min(bound, (double) rate) * (1 - lost / 2));
    }
  }
}
