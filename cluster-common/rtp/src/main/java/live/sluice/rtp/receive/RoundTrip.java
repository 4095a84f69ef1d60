package live.sluice.rtp.receive;

import live.sluice.rtp.rtcp.Ntp;
import live.sluice.rtp.rtcp.ReportBlock;

/**
 * The time to a receiver and back, from the report blocks in which it speaks of our sender reports; RFC 3550, section
 * 6.4.1. Smoothed as TCP does, over 8. Not thread-safe.
 */
public final class RoundTrip {
  /** What {@link #nanos} gives until there is a report to tell from. */
  public static final long UNKNOWN = -1;

  private static final long LIMIT_NANOS = 60_000_000_000L;

  private long smoothed = UNKNOWN;
  private long last = UNKNOWN;

  /** A report came at {@code nowNtp}, by the clock that the sender reports have: see {@link Ntp}. */
  public void onReport(ReportBlock block, long nowNtp) {
    if (block.lastSr() == 0) {
      return; // it knows of no sender report yet
    }
    int elapsed = Ntp.middle(nowNtp) - block.lastSr() - block.delaySinceLastSr();
    // Two roundings can make a very short time negative.
    long nanos = elapsed < 0 && elapsed > -64 ? 0 : Ntp.delayNanos(elapsed);
    if (nanos > LIMIT_NANOS) {
      return; // of a sender report that is not ours, or a clock that was set
    }
    last = nanos;
    smoothed = smoothed == UNKNOWN ? nanos : smoothed + (nanos - smoothed) / 8;
  }

  /** The smoothed time in ns, or {@link #UNKNOWN}. */
  public long nanos() {
    return smoothed;
  }

  /** The time of the last report in ns, or {@link #UNKNOWN}. */
  public long lastNanos() {
    return last;
  }
}
