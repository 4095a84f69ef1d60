package live.sluice.rtp.send;

/**
 * Whether the delay of packets grows: the trend line of Google Congestion Control (draft-ietf-rmcat-gcc-02, section 5,
 * with the line fitted by least squares that browsers use in place of the Kalman filter). Packets sent within 5 ms are
 * a group; what a group took longer on its way than the one before is summed up, smoothed, and its slope compared with
 * a threshold that adapts to what is usual on this path.
 */
final class DelayGradient {
  /** What the network does with our packets. */
  enum Usage {
    /** Queues are getting shorter. */
    UNDER,
    /** Queues stay as they are. */
    NORMAL,
    /** Queues are growing. */
    OVER
  }

  private static final long GROUP_MICROS = 5_000;
  /** Times that differ by more were taken by another clock, or the network was away. */
  private static final long JUMP_MICROS = 3_000_000;

  private static final int WINDOW = 20;
  private static final double SMOOTHING = 0.9;
  private static final double GAIN = 4;
  private static final int MOST_GROUPS = 60;
  private static final double OVERUSE_MS = 10;
  private static final double RISE = 0.0087;
  private static final double FALL = 0.039;
  private static final double MOST_ABOVE = 15;

  private long groupFirstSent;
  private long groupSent;
  private long groupArrived;
  private boolean inGroup;
  private long lastSent;
  private long lastArrived;
  private boolean hasLast;

  private final double[] times = new double[WINDOW];
  private final double[] delays = new double[WINDOW];
  private int groups;
  private long firstArrived;
  private double accumulated;
  private double smoothed;

  private double threshold = 12.5;
  private double lastTrend;
  private double overusedMs;
  private int overuses;
  private Usage usage = Usage.NORMAL;

  /** Takes a packet that arrived, in the order they were sent in. Times in µs, of two clocks. */
  void add(long sent, long arrived) {
    if (!inGroup) {
      begin(sent, arrived);
      return;
    }
    if (Math.abs(arrived - groupArrived) > JUMP_MICROS || sent - groupSent > JUMP_MICROS) {
      reset();
      begin(sent, arrived);
      return;
    }
    if (sent < groupFirstSent) {
      return;
    }
    if (sent - groupFirstSent <= GROUP_MICROS || isBurst(sent, arrived)) {
      groupSent = Math.max(groupSent, sent);
      groupArrived = Math.max(groupArrived, arrived);
      return;
    }
    if (hasLast) {
      measure(groupSent - lastSent, groupArrived - lastArrived);
    }
    lastSent = groupSent;
    lastArrived = groupArrived;
    hasLast = true;
    begin(sent, arrived);
  }

  Usage usage() {
    return usage;
  }

  private void begin(long sent, long arrived) {
    inGroup = true;
    groupFirstSent = sent;
    groupSent = sent;
    groupArrived = arrived;
  }

  /** Whether packets that were held back came all at once, so that only the last says something. */
  private boolean isBurst(long sent, long arrived) {
    long arrivalDelta = arrived - groupArrived;
    return arrivalDelta <= GROUP_MICROS && arrivalDelta < sent - groupSent && arrivalDelta >= 0;
  }

  private void reset() {
    inGroup = false;
    hasLast = false;
    groups = 0;
    accumulated = 0;
    smoothed = 0;
    overusedMs = 0;
    overuses = 0;
    lastTrend = 0;
    usage = Usage.NORMAL;
  }

  private void measure(long sentDelta, long arrivedDelta) {
    if (groups == 0) {
      firstArrived = groupArrived;
    }
    accumulated += (arrivedDelta - sentDelta) / 1000.0;
    smoothed = SMOOTHING * smoothed + (1 - SMOOTHING) * accumulated;
    times[groups % WINDOW] = (groupArrived - firstArrived) / 1000.0;
    delays[groups % WINDOW] = smoothed;
    groups++;
    if (groups >= WINDOW) {
      judge(Math.min(groups, MOST_GROUPS) * slope() * GAIN, sentDelta / 1000.0);
    }
  }

  /** The slope of the line nearest to all points: ms of delay for each ms. */
  private double slope() {
    double meanTime = 0;
    double meanDelay = 0;
    for (int i = 0; i < WINDOW; i++) {
      meanTime += times[i] / WINDOW;
      meanDelay += delays[i] / WINDOW;
    }
    double covariance = 0;
    double variance = 0;
    for (int i = 0; i < WINDOW; i++) {
      covariance += (times[i] - meanTime) * (delays[i] - meanDelay);
      variance += (times[i] - meanTime) * (times[i] - meanTime);
    }
    return variance == 0 ? 0 : covariance / variance;
  }

  /** Section 5.4: it must stay above the threshold for 10 ms and more than one group, and not be falling. */
  private void judge(double trend, double elapsedMs) {
    if (trend > threshold) {
      overusedMs += overuses == 0 ? elapsedMs / 2 : elapsedMs;
      overuses++;
      if (overusedMs > OVERUSE_MS && overuses > 1 && trend >= lastTrend) {
        overusedMs = 0;
        overuses = 0;
        usage = Usage.OVER;
      }
    } else {
      overusedMs = 0;
      overuses = 0;
      usage = trend < -threshold ? Usage.UNDER : Usage.NORMAL;
    }
    lastTrend = trend;
    adapt(trend, Math.min(elapsedMs, 100));
  }

  /** The threshold follows what is usual, but not a single spike (section 5.4). */
  private void adapt(double trend, double elapsedMs) {
    double size = Math.abs(trend);
    if (size <= threshold + MOST_ABOVE) {
      threshold += (size < threshold ? FALL : RISE) * (size - threshold) * elapsedMs;
      threshold = Math.clamp(threshold, 6, 600);
    }
  }
}
