package live.sluice.rtp;

import org.jspecify.annotations.Nullable;

/**
 * The last packets of a track's layer by sequence number, for those that lost one. It holds a reference to each. Owned by
 * one loop.
 */
final class PacketHistory {
  private final @Nullable RtpPacket[] slots;

  /**
   * Empty.
   *
   * @param size packets kept, a power of two
   */
  PacketHistory(int size) {
    slots = new @Nullable RtpPacket[size];
  }

  /** Keeps a packet, which is retained, in place of an older one. */
  void add(RtpPacket packet) {
    int slot = packet.sequence() & (slots.length - 1);
    RtpPacket old = slots[slot];
    slots[slot] = packet.retain();
    if (old != null) {
      old.release();
    }
  }

  /** The packet of that number, null where it is not kept any more; borrowed. */
  @Nullable RtpPacket find(int sequence) {
    RtpPacket packet = slots[sequence & (slots.length - 1)];
    return packet != null && packet.sequence() == (sequence & 0xffff) ? packet : null;
  }

  void clear() {
    for (int i = 0; i < slots.length; i++) {
      RtpPacket packet = slots[i];
      slots[i] = null;
      if (packet != null) {
        packet.release();
      }
    }
  }
}
