package live.sluice.hop.media.receive;

import live.sluice.hop.media.wire.MediaTime;

/** What concerns all flows of a link: counters for reports, transit times, and how much packets overtake each other. */
final class LinkArrivals {
  private static final long MS = 1_000_000;
  private static final long LEAST_TOLERANCE = 3 * MS;
  private static final long MOST_TOLERANCE = 40 * MS;
  /** When nothing came for so long, the way was cut: what is missing since then says nothing of its capacity. */
  private static final long OUTAGE = 250 * MS;

  final Transit transit = new Transit();
  private boolean started;
  private long lastArrival;
  private long outageEnd;
  private long tolerance = LEAST_TOLERANCE;

  long datagrams;
  long bytes;
  long expected;
  long arrived;

  /** A datagram of an open flow came. */
  void add(int length, long now) {
    if (!started || now - lastArrival >= OUTAGE) {
      outageEnd = now;
    }
    started = true;
    lastArrival = now;
    datagrams++;
    bytes += length;
  }

  /** Ticks since the last datagram. */
  int idle(long now) {
    return started ? (int) Math.min(Integer.MAX_VALUE, (now - lastArrival) / MediaTime.TICK_NANOS) : 0;
  }

  /** Whether no datagram at all came for a while after that time. */
  boolean wasAwaySince(long time) {
    return outageEnd - time > 0;
  }

  /** For how long a packet may be overtaken before it is asked for, in ns: a little longer than such packets took. */
  long tolerance() {
    return tolerance;
  }

  /** A packet that was overtaken came so much later. */
  void overtaken(long nanos) {
    tolerance = Math.min(MOST_TOLERANCE, Math.max(tolerance, nanos + nanos / 4));
  }

  /** Goes back to the least in some ten seconds; called for each report. */
  void decay() {
    tolerance -= (tolerance - LEAST_TOLERANCE) / 200;
  }
}
