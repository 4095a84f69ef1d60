package live.sluice.hop.media.send;

import java.util.Objects;
import live.sluice.rtp.RtpPacket;
import org.jspecify.annotations.Nullable;

/** Packets of one class that wait for room, first in first out. It holds a reference to each. */
final class PacketQueue {
  private static final int FIRST_SIZE = 64;

  private @Nullable RtpPacket[] packets = new @Nullable RtpPacket[FIRST_SIZE];
  private @Nullable FlowSender[] flows = new @Nullable FlowSender[FIRST_SIZE];
  private long[] since = new long[FIRST_SIZE];
  private int head;
  private int size;
  private long bytes;

  boolean isEmpty() {
    return size == 0;
  }

  long bytes() {
    return bytes;
  }

  /** Adds a packet, and retains it. */
  void add(FlowSender flow, RtpPacket packet, long now) {
    if (size == packets.length) {
      grow();
    }
    put(size++, flow, packet.retain(), now);
    count(flow, packet.bytes().readableBytes());
  }

  private void grow() {
    @Nullable RtpPacket[] oldPackets = packets;
    @Nullable FlowSender[] oldFlows = flows;
    long[] oldSince = since;
    packets = new @Nullable RtpPacket[2 * size];
    flows = new @Nullable FlowSender[2 * size];
    since = new long[2 * size];
    for (int i = 0; i < size; i++) {
      int from = (head + i) & (size - 1);
      packets[i] = oldPackets[from];
      flows[i] = oldFlows[from];
      since[i] = oldSince[from];
    }
    head = 0;
  }

  /** The first one's; only where there is one. */
  FlowSender flow() {
    return Objects.requireNonNull(flows[head]);
  }

  /** Since when the first one waits, in ns; only where there is one. */
  long since() {
    return since[head];
  }

  /** Takes the first one out, with its reference; only where there is one. */
  RtpPacket poll() {
    RtpPacket packet = Objects.requireNonNull(packets[head]);
    count(flow(), -packet.bytes().readableBytes());
    packets[head] = null;
    flows[head] = null;
    head = (head + 1) & (packets.length - 1);
    size--;
    return packet;
  }

  /**
   * Drops a flow's packets.
   *
   * @param all whether also those of a picture that has begun to leave
   * @return how many
   */
  int drop(FlowSender flow, boolean all) {
    int kept = 0;
    int count = size;
    for (int i = 0; i < count; i++) {
      int slot = slot(i);
      RtpPacket packet = Objects.requireNonNull(packets[slot]);
      FlowSender owner = Objects.requireNonNull(flows[slot]);
      packets[slot] = null;
      flows[slot] = null;
      if (owner == flow && (all || !flow.hasBegun(packet))) {
        count(flow, -packet.bytes().readableBytes());
        packet.release();
      } else {
        put(kept++, owner, packet, since[slot]);
      }
    }
    size = kept;
    return count - kept;
  }

  private void put(int place, FlowSender flow, RtpPacket packet, long now) {
    int slot = slot(place);
    packets[slot] = packet;
    flows[slot] = flow;
    since[slot] = now;
  }

  private void count(FlowSender flow, int length) {
    bytes += length;
    flow.waitingBytes += length;
  }

  private int slot(int place) {
    return (head + place) & (packets.length - 1);
  }
}
