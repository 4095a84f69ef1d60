package live.sluice.rtp;

import java.util.Arrays;

/** Packets on their way from one loop to another; holds a reference to each. Never used by two loops at once. */
final class RtpBatch {
  private RtpPacket[] packets = new RtpPacket[64];
  private int count;

  /** Keeps a packet, which is retained. */
  void add(RtpPacket packet) {
    if (count == packets.length) {
      packets = Arrays.copyOf(packets, 2 * count);
    }
    packets[count++] = packet.retain();
  }

  boolean isEmpty() {
    return count == 0;
  }

  int count() {
    return count;
  }

  RtpPacket[] packets() {
    return packets;
  }

  void release() {
    for (int i = 0; i < count; i++) {
      packets[i].release();
    }
    Arrays.fill(packets, 0, count, null);
    count = 0;
  }
}
