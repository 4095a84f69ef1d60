package live.sluice.rtp.send;

/**
 * How many bits a second one player can be sent, by its transport-wide feedback
 * (draft-holmer-rmcat-transport-wide-cc-extensions-01) and Google Congestion Control (draft-ietf-rmcat-gcc-02): the
 * least of what delay and loss allow, of REMB, and of the bound it was made with. Without transport-wide feedback, REMB
 * and receiver reports are what there is. Not thread-safe, without timers; it remembers {@value SentPackets#CAPACITY}
 * packets.
 *
 * <pre>{@code
 * estimator.onSent(sequence, bytes, now);
 * // for each feedback packet:
 * estimator.beginFeedback(now);
 * estimator.onArrived(sequence, micros); // or onMissing(sequence), in the order of the feedback
 * estimator.endFeedback();
 * }</pre>
 */
public final class BandwidthEstimator {
  private static final double ROUND_TRIP_SMOOTHING = 0.125;
  private static final long UNKNOWN_ROUND_TRIP = 100_000;
  /** A REMB that is not repeated for so long holds no longer. */
  private static final long REMB_MICROS = 10_000_000;

  private final SentPackets sent = new SentPackets();
  private final DelayGradient delay = new DelayGradient();
  private final AckedRate acked = new AckedRate();
  private final BurstRate bursts = new BurstRate();
  private final RateControl control;
  private final LossControl loss;
  private final long start;
  private final long least;
  private final long most;

  private long nowMicros;
  private boolean hasFeedback;
  private boolean arrivedAny;
  private boolean hasReportedRoundTrip;
  private long lastSentMicros;
  private double roundTrip;
  private boolean hasRemb;
  private long remb;
  private long rembMicros;

  /**
   * Makes one for a path of which nothing is known.
   *
   * @param startBitsPerSecond where it begins
   * @param leastBitsPerSecond what it never goes below
   * @param mostBitsPerSecond what it never goes above
   */
  public BandwidthEstimator(long startBitsPerSecond, long leastBitsPerSecond, long mostBitsPerSecond) {
    start = Math.clamp(startBitsPerSecond, leastBitsPerSecond, mostBitsPerSecond);
    least = leastBitsPerSecond;
    most = mostBitsPerSecond;
    control = new RateControl(start, least, most);
    loss = new LossControl(least, most);
  }

  /**
   * Remembers a packet that is being sent.
   *
   * @param sequence its transport-wide sequence number, of which 16 bits count
   * @param bytes on the wire
   * @param nowNanos the monotonic clock, in ns
   */
  public void onSent(int sequence, int bytes, long nowNanos) {
    sent.add(sequence & 0xffff, nowNanos / 1000, bytes);
  }

  /** A feedback packet came; its packets follow, then {@link #endFeedback}. */
  public void beginFeedback(long nowNanos) {
    nowMicros = nowNanos / 1000;
    arrivedAny = false;
  }

  /**
   * A packet arrived. One that is not known, or was told of before, is passed over.
   *
   * @param sequence its transport-wide sequence number
   * @param arrivalMicros when, by the player's clock, in µs, of which only differences count: 250 for each
   *     tick of the feedback
   */
  public void onArrived(int sequence, long arrivalMicros) {
    int wrapped = sequence & 0xffff;
    int size = sent.size(wrapped);
    if (size == 0) {
      return;
    }
    long sentMicros = sent.micros(wrapped, nowMicros);
    sent.remove(wrapped);
    arrivedAny = true;
    lastSentMicros = sentMicros;
    loss.onArrived();
    acked.add(arrivalMicros, size);
    bursts.add(sentMicros, arrivalMicros, size);
    delay.add(sentMicros, arrivalMicros);
  }

  /** A packet was not there when the feedback was written. */
  public void onMissing(int sequence) {
    int wrapped = sequence & 0xffff;
    if (sent.size(wrapped) > 0) {
      sent.remove(wrapped);
      loss.onMissing();
    }
  }

  /** The feedback packet is at its end. */
  public void endFeedback() {
    hasFeedback = true;
    if (arrivedAny && !hasReportedRoundTrip) {
      // Longer by what the player waits before it tells, which is what the rate's next step waits for too.
      measureRoundTrip(nowMicros - lastSentMicros);
    }
    control.update(delay.usage(), acked.bitsPerSecond(), bursts.bitsPerSecond(), roundTripMicros(), nowMicros);
    loss.update(bitsPerSecond(), roundTripMicros(), nowMicros);
  }

  /** The player's own estimate came (REMB), in bits a second. */
  public void onRemb(long bitsPerSecond, long nowNanos) {
    nowMicros = nowNanos / 1000;
    hasRemb = true;
    remb = bitsPerSecond;
    rembMicros = nowMicros;
  }

  /**
   * A receiver report came.
   *
   * @param fractionLost 256ths of packets lost since the last one; RFC 3550, section 6.4.1
   * @param roundTripNanos what it tells, 0 or less where it tells nothing
   */
  public void onReceiverReport(int fractionLost, long roundTripNanos, long nowNanos) {
    nowMicros = nowNanos / 1000;
    if (roundTripNanos > 0) {
      hasReportedRoundTrip = true;
      measureRoundTrip(roundTripNanos / 1000);
    }
    if (!hasFeedback) {
      loss.update(Math.clamp(fractionLost, 0, 255) / 256.0, bitsPerSecond(), roundTripMicros(), nowMicros);
    }
  }

  /** What the player can be sent now, in bits a second. */
  public long bitsPerSecond() {
    boolean rembHolds = hasRemb && nowMicros - rembMicros <= REMB_MICROS;
    long rate = hasFeedback || !rembHolds ? control.rate() : most;
    if (rembHolds) {
      rate = Math.min(rate, remb);
    }
    return Math.clamp(Math.min(rate, loss.bound()), least, most);
  }

  /** What arrives, in bits a second; 0 where it is not known. */
  public long arrivingBitsPerSecond() {
    return acked.bitsPerSecond();
  }

  /** Whether queues on the path are growing now. */
  public boolean overused() {
    return delay.usage() == DelayGradient.Usage.OVER;
  }

  /** The smoothed round trip in ns, of 100 ms where nothing is known. */
  public long roundTripNanos() {
    return roundTripMicros() * 1000;
  }

  private void measureRoundTrip(long micros) {
    roundTrip += roundTrip == 0 ? micros : ROUND_TRIP_SMOOTHING * (micros - roundTrip);
  }

  private long roundTripMicros() {
    return roundTrip == 0 ? UNKNOWN_ROUND_TRIP : (long) roundTrip;
  }
}
