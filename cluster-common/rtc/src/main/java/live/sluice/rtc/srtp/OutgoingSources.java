package live.sluice.rtc.srtp;

import java.util.Arrays;

/** How far the sources are of which packets are sent: so that a sequence number's roll-overs are counted. */
final class OutgoingSources {
  private int[] ssrcs = new int[4];
  private long[] highest = new long[4];
  private int count;

  /**
   * The index of a packet that is sent; the first of a source is in the round 0. A packet of old that is sent again
   * gets the index it had.
   */
  long index(int ssrc, int sequence) {
    for (int i = 0; i < count; i++) {
      if (ssrcs[i] == ssrc) {
        long index = PacketIndex.estimate(highest[i], sequence);
        if (index < 0) {
          throw new IllegalArgumentException("sequence " + sequence + " is before the first, " + highest[i]);
        }
        highest[i] = Math.max(highest[i], index);
        return index;
      }
    }
    if (count == ssrcs.length) {
      ssrcs = Arrays.copyOf(ssrcs, 2 * count);
      highest = Arrays.copyOf(highest, 2 * count);
    }
    ssrcs[count] = ssrc;
    highest[count++] = sequence;
    return sequence;
  }
}
