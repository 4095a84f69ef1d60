package live.sluice.rtp;

import org.jspecify.annotations.Nullable;

/**
 * The last packets of a track's layer by sequence number, for those that lost one. It holds a reference to each. It grows
 * as long as it would give up packets that are to be kept still, up to a bound. Owned by one loop.
 */
final class PacketHistory {
  private final int most;
  private final long keptNanos;
  private @Nullable RtpPacket[] slots;
  private long[] addedNanos;

  /**
   * Empty.
   *
   * @param size packets kept at first, a power of two
   * @param most packets kept at most, a power of two
   * @param keptNanos for how long packets are found, in ns
   */
  PacketHistory(int size, int most, long keptNanos) {
    this.most = most;
    this.keptNanos = keptNanos;
    slots = new @Nullable RtpPacket[size];
    addedNanos = new long[size];
  }

  /** Keeps a packet, which is retained, in place of an older one. */
  void add(RtpPacket packet, long nowNanos) {
    if (keptNanos == 0) {
      return;
    }
    while (slots.length < most && takesPlaceOfAnother(packet, nowNanos)) {
      grow();
    }
    int slot = slotOf(packet.sequence());
    RtpPacket old = slots[slot];
    slots[slot] = packet.retain();
    addedNanos[slot] = nowNanos;
    if (old != null) {
      old.release();
    }
  }

  private boolean takesPlaceOfAnother(RtpPacket packet, long nowNanos) {
    int slot = slotOf(packet.sequence());
    RtpPacket old = slots[slot];
    return old != null && old.sequence() != packet.sequence() && isKept(slot, nowNanos);
  }

  private void grow() {
    @Nullable RtpPacket[] packets = slots;
    long[] times = addedNanos;
    slots = new @Nullable RtpPacket[packets.length * 2];
    addedNanos = new long[packets.length * 2];
    for (int i = 0; i < packets.length; i++) {
      RtpPacket packet = packets[i];
      if (packet != null) {
        int slot = slotOf(packet.sequence());
        slots[slot] = packet;
        addedNanos[slot] = times[i];
      }
    }
  }

  /** The packet of that number, null where it is not kept any more; borrowed. */
  @Nullable RtpPacket find(int sequence, long nowNanos) {
    int slot = slotOf(sequence);
    RtpPacket packet = slots[slot];
    return packet != null && packet.sequence() == (sequence & 0xffff) && isKept(slot, nowNanos) ? packet : null;
  }

  private int slotOf(int sequence) {
    return sequence & (slots.length - 1);
  }

  private boolean isKept(int slot, long nowNanos) {
    return nowNanos - addedNanos[slot] < keptNanos;
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
