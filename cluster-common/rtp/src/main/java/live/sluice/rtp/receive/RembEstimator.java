package live.sluice.rtp.receive;

/**
 * What a publisher may send, for those that heed REMB only (draft-alvestrand-rmcat-remb-03); who has transport-wide
 * feedback estimates by itself and needs none of this.
 *
 * <p>It is told what comes and, with each update, how much of it was lost. Browsers take a REMB for a limit of their
 * own estimate, and in their first seconds jump to it; so it begins high, and what is not used is left alone:
 * <ul>
 *   <li>loss of at most 2 %: the estimate grows by 15 % a second, up to half more than what comes and to no less than
 *       it was, so that a publisher with little to send keeps its room;
 *   <li>loss up to 10 %: it stays;
 *   <li>loss above: it falls to what came (lost packets were sent, but did not fit), less half of the loss; at most
 *       once in 300 ms, for a fall needs a round trip to show.
 * </ul>
 * Delay is not looked at: a path with deep queues is found when they overflow. Not thread-safe.
 */
public final class RembEstimator {
  private static final double LOSS_TO_GROW = 0.02;
  private static final double LOSS_TO_FALL = 0.10;
  private static final double GROWTH_PER_SECOND = 0.15;
  private static final double ROOM = 1.5;
  private static final long FALL_NANOS = 300_000_000;
  private static final double SECOND = 1e9;
  private static final double MOST_SECONDS = 1.0;
  private static final long RESEND_NANOS = 1_000_000_000;
  private static final double NOTABLE_FALL = 0.97;

  private final long least;
  private final long most;
  private final RateMeter received = new RateMeter();
  private double estimate;
  private boolean updated;
  private long updatedNanos;
  private boolean fell;
  private long fellNanos;
  private boolean sent;
  private long sentBitsPerSecond;
  private long sentNanos;

  /**
   * An estimate of {@code start}, which stays between {@code least} and {@code most}; all in bits per second.
   *
   * @param most what a publisher may send at all, by configuration
   */
  public RembEstimator(long least, long start, long most) {
    this.least = least;
    this.most = most;
    this.estimate = Math.clamp(start, least, most);
  }

  /** A packet came; with all its headers, in bytes. */
  public void onPacket(int bytes, long nowNanos) {
    received.add(bytes, nowNanos);
  }

  /**
   * Some time has passed: to be called a few times a second.
   *
   * @param loss share of the packets of that time that were lost, 0 to 1
   * @return the estimate in bits per second
   */
  public long update(double loss, long nowNanos) {
    double seconds = updated ? Math.min((nowNanos - updatedNanos) / SECOND, MOST_SECONDS) : 0;
    updated = true;
    updatedNanos = nowNanos;
    double rate = received.bitsPerSecond(nowNanos);
    if (loss <= LOSS_TO_GROW) {
      double grown = estimate * (1 + GROWTH_PER_SECOND * seconds);
      estimate = Math.max(estimate, Math.min(grown, rate * ROOM));
    } else if (loss > LOSS_TO_FALL && (!fell || nowNanos - fellNanos >= FALL_NANOS)) {
      fell = true;
      fellNanos = nowNanos;
      estimate = Math.min(estimate, rate) * (1 - loss / 2);
    }
    estimate = Math.clamp(estimate, (double) least, (double) most);
    return bitsPerSecond();
  }

  /** The estimate in bits per second. */
  public long bitsPerSecond() {
    return (long) estimate;
  }

  /** What comes, in bits per second. */
  public long receivedBitsPerSecond(long nowNanos) {
    return received.bitsPerSecond(nowNanos);
  }

  /** Whether a REMB is to be sent now: every second, and at once when the estimate fell. It counts as sent. */
  public boolean takeDue(long nowNanos) {
    boolean due =
        !sent || nowNanos - sentNanos >= RESEND_NANOS || estimate < sentBitsPerSecond * NOTABLE_FALL;
    if (due) {
      sent = true;
      sentNanos = nowNanos;
      sentBitsPerSecond = bitsPerSecond();
    }
    return due;
  }
}
