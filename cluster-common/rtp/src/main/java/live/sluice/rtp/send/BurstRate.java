package live.sluice.rtp.send;

import java.util.Arrays;

/**
 * How fast the path carries packets that were sent at once, such as those of one picture: the narrowest link spreads
 * them out. This tells of more than is being sent without sending anything for it. The lowest quarter of the last
 * bursts counts: wireless links hand over many packets at once, which looks like more than there is.
 */
final class BurstRate {
  private static final long BURST_MICROS = 1_000;
  private static final int LEAST_PACKETS = 5;
  /** The resolution of arrival times in feedback (draft-holmer-rmcat-transport-wide-cc-extensions-01, section 3.1). */
  private static final long RESOLUTION_MICROS = 250;

  private static final int WINDOW = 16;
  private static final int LEAST_BURSTS = 8;

  private final long[] rates = new long[WINDOW];
  private final long[] sorted = new long[WINDOW];
  private int bursts;

  private int packets;
  private long firstSent;
  private long firstArrived;
  private long lastArrived;
  /** Of all packets but the first. */
  private long bytes;

  /** Takes a packet that arrived, in the order they were sent in. Times in µs, of two clocks. */
  void add(long sent, long arrived, int size) {
    if (packets > 0 && sent >= firstSent && sent - firstSent <= BURST_MICROS && arrived >= lastArrived) {
      packets++;
      bytes += size;
      lastArrived = arrived;
      return;
    }
    if (packets >= LEAST_PACKETS) {
      rates[bursts++ % WINDOW] = bytes * 8 * 1_000_000 / (lastArrived - firstArrived + RESOLUTION_MICROS);
    }
    packets = 1;
    bytes = 0;
    firstSent = sent;
    firstArrived = arrived;
    lastArrived = arrived;
  }

  /** In bits a second; 0 where there were too few bursts. */
  long bitsPerSecond() {
    int known = Math.min(bursts, WINDOW);
    if (known < LEAST_BURSTS) {
      return 0;
    }
    System.arraycopy(rates, 0, sorted, 0, known);
    Arrays.sort(sorted, 0, known);
    return sorted[known / 4];
  }
}
