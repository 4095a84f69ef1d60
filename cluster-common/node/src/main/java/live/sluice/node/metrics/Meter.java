package live.sluice.node.metrics;

/** Sums, and what they were at the last samples. Not thread-safe. */
final class Meter {
  /** Samples 5 s apart: the oldest of them is 30 s old. */
  private static final int SAMPLES = 7;

  private long sent;
  private long received;
  private long frames;
  private long dropped;
  private long skips;

  private final long[] sentAt = new long[SAMPLES];
  private final long[] receivedAt = new long[SAMPLES];
  private final long[] timeAt = new long[SAMPLES];
  private int samples;

  Meter(long nowMs) {
    sample(nowMs);
  }

  void add(Totals delta) {
    sent += delta.sentBytes();
    received += delta.receivedBytes();
    frames += delta.frames();
    dropped += delta.droppedFrames();
    skips += delta.skips();
  }

  void sample(long nowMs) {
    int slot = samples++ % SAMPLES;
    sentAt[slot] = sent;
    receivedAt[slot] = received;
    timeAt[slot] = nowMs;
  }

  /** What {@code now} has beyond the sums, which it becomes. */
  Totals advanceTo(long sentNow, long receivedNow, long framesNow, long droppedNow, long skipsNow) {
    Totals delta =
        new Totals(sentNow - sent, receivedNow - received, framesNow - frames, droppedNow - dropped, skipsNow - skips,
            0, 0);
    add(delta);
    return delta;
  }

  Totals totals(long nowMs) {
    int oldest = samples <= SAMPLES ? 0 : samples % SAMPLES;
    long elapsed = nowMs - timeAt[oldest];
    // Bits per ms are kbit/s. Under a second there is too little to tell.
    long sentRate = elapsed < 1_000 ? 0 : (sent - sentAt[oldest]) * 8 / elapsed;
    long receivedRate = elapsed < 1_000 ? 0 : (received - receivedAt[oldest]) * 8 / elapsed;
    return new Totals(sent, received, frames, dropped, skips, sentRate, receivedRate);
  }
}
