package live.sluice.rtp.payload;

/** Undoes the wraps of 32-bit timestamps: each is within half the range of the one before. */
final class TimestampClock {
  private boolean started;
  private long last;

  long unwrap(int timestamp) {
    last = started ? last + (timestamp - (int) last) : Integer.toUnsignedLong(timestamp);
    started = true;
    return last;
  }
}
