package live.sluice.rtp.receive;

import live.sluice.rtp.rtcp.Ntp;
import live.sluice.rtp.rtcp.ReportBlock;

/**
 * What is received of one SSRC, as RFC 3550, appendices A.1, A.3 and A.8, count it: packets expected and lost,
 * jitter, and the report blocks made of them. Given are the packets that came under that SSRC; those made of RTX are
 * not, so that what the path loses shows. Not thread-safe.
 */
public final class ReceiverStatistics {
  private static final int MAX_DROPOUT = 3000;
  // The RFC has 100 here. Packets sent again under their own SSRC come later than that.
  private static final int MAX_MISORDER = 2048;
  private static final int SEQUENCES = 1 << 16;
  private static final int NONE = -1;
  private static final int MOST_LOST = 0x7fffff;
  private static final int LEAST_LOST = -0x800000;
  private static final int MOST_FRACTION = 0xff;
  private static final long NANOS = 1_000_000_000L;
  private static final int JITTER_LIMIT_SECONDS = 5;

  private final int ssrc;
  private final int clockRate;
  private boolean started;
  private int expectedAfterJump = NONE;
  private long base;
  private long highest;
  private long received;
  private long expectedBefore;
  private long receivedBefore;
  private int fractionLost;
  private int transit;
  private boolean hasTransit;
  private long jitterTimes16;
  private int lastSr;
  private long lastSrNanos;

  /**
   * Nothing has come yet.
   *
   * @param clockRate ticks of the timestamps in a second, in Hz
   */
  public ReceiverStatistics(int ssrc, int clockRate) {
    this.ssrc = ssrc;
    this.clockRate = clockRate;
  }

  /** A packet came: its sequence number (16 bits), its timestamp, and when, in ns of a monotonic clock. */
  public void onPacket(int sequence, int timestamp, long arrivalNanos) {
    if (count(sequence)) {
      measureJitter(timestamp, arrivalNanos);
    }
  }

  /** Appendix A.1, without its probation: that packets are of their sender SRTP has shown. */
  private boolean count(int sequence) {
    int ahead = sequence - (int) highest & SEQUENCES - 1;
    if (!started || (ahead >= MAX_DROPOUT && sequence == expectedAfterJump)) {
      restart(sequence);
    } else if (ahead < MAX_DROPOUT) {
      highest += ahead;
    } else if (ahead <= SEQUENCES - MAX_MISORDER) {
      // A jump is believed when a second packet follows it.
      expectedAfterJump = sequence + 1 & SEQUENCES - 1;
      return false;
    }
    received++;
    return true;
  }

  private void restart(int sequence) {
    started = true;
    base = sequence;
    highest = sequence;
    expectedAfterJump = NONE;
    received = 0;
    expectedBefore = 0;
    receivedBefore = 0;
    hasTransit = false;
  }

  /** Appendix A.8: the difference of the times between two packets here and there, smoothed over 16. */
  private void measureJitter(int timestamp, long arrivalNanos) {
    int now = (int) (arrivalNanos / NANOS * clockRate + arrivalNanos % NANOS * clockRate / NANOS) - timestamp;
    // Widened before its sign is dropped: the least int has no positive.
    long difference = Math.abs((long) (now - transit));
    // Past that, the timestamps began anew.
    if (hasTransit && difference < (long) JITTER_LIMIT_SECONDS * clockRate) {
      jitterTimes16 += difference - ((jitterTimes16 + 8) >> 4);
    }
    transit = now;
    hasTransit = true;
  }

  /** The sender's report came, with that NTP timestamp. */
  public void onSenderReport(long ntp, long nowNanos) {
    lastSr = Ntp.middle(ntp);
    lastSrNanos = nowNanos;
  }

  /** A report block of now, which ends the interval of the one before; to be made once a packet has come. */
  public ReportBlock report(long nowNanos) {
    long expected = expected();
    long expectedNow = expected - expectedBefore;
    long lostNow = expectedNow - (received - receivedBefore);
    expectedBefore = expected;
    receivedBefore = received;
    fractionLost = expectedNow <= 0 || lostNow <= 0 ? 0 : (int) Math.min(MOST_FRACTION, (lostNow << 8) / expectedNow);
    int lost = Math.clamp(lost(), LEAST_LOST, MOST_LOST);
    int delay = lastSr == 0 ? 0 : Ntp.delay(nowNanos - lastSrNanos);
    return new ReportBlock(ssrc, fractionLost, lost, highest & 0xffffffffL, jitter(), lastSr, delay);
  }

  /** The SSRC. */
  public int ssrc() {
    return ssrc;
  }

  /** Packets that came since the first, duplicates among them. */
  public long received() {
    return received;
  }

  /** Packets that should have come since the first. */
  public long expected() {
    return started ? highest - base + 1 : 0;
  }

  /** Packets that did not come; below 0 where duplicates did. */
  public long lost() {
    return expected() - received;
  }

  /** Of the packets of the last reported interval those lost, 0 to 1. */
  public double lossRate() {
    return fractionLost / 256.0;
  }

  /** Jitter of arrival in ticks. */
  public long jitter() {
    return jitterTimes16 >> 4;
  }

  /** Jitter of arrival in ns. */
  public long jitterNanos() {
    return jitter() * NANOS / clockRate;
  }
}
