package live.sluice.hop.media.send;

import live.sluice.hop.media.DatagramSink;
import live.sluice.hop.media.wire.LinkDatagram;
import live.sluice.hop.media.wire.MediaHeader;
import live.sluice.hop.media.wire.MediaTime;
import live.sluice.rtp.RtpPacket;

/** Makes datagrams of packets, and counts them. */
final class Outlet {
  private final DatagramSink sink;

  /** When a packet left for the first time last, of any flow. */
  long lastSent;

  long packets;
  long bytes;
  long retransmitted;
  long copies;
  long refused;
  long refusedSound;

  Outlet(DatagramSink sink) {
    this.sink = sink;
  }

  /** Sends a packet for the first time, in as many datagrams as it takes; gives their bytes. */
  int send(FlowSender flow, RtpPacket packet, long now) {
    int length = packet.bytes().readableBytes();
    int most = LinkDatagram.MAX_BYTES - MediaHeader.length(flow.id());
    int flags = (packet.keyframe() ? MediaHeader.KEYFRAME : 0) | (packet.marker() ? MediaHeader.MARKER : 0);
    int sent = 0;
    for (int offset = 0; offset < length; offset += most) {
      int part = Math.min(most, length - offset);
      int place = (offset == 0 ? MediaHeader.FIRST : 0) | (offset + part == length ? MediaHeader.LAST : 0);
      flow.history.add(packet, offset, part, flags | place, now);
      sent += datagram(flow, flow.history.next() - 1, packet, flags | place);
    }
    lastSent = now;
    flow.begin(packet);
    flow.packets++;
    packets++;
    return sent;
  }

  /** Sends a datagram again that the history has; gives its bytes. */
  int sendAgain(FlowSender flow, long number, RtpPacket packet) {
    flow.retransmitted++;
    retransmitted++;
    return again(flow, number, packet);
  }

  /** Sends what left a moment ago once more, whether it arrived or not; gives its bytes. */
  int sendCopy(FlowSender flow, long number, RtpPacket packet) {
    copies++;
    return again(flow, number, packet);
  }

  private int again(FlowSender flow, long number, RtpPacket packet) {
    return datagram(flow, number, packet, flow.history.flags(number) | MediaHeader.RETRANSMISSION);
  }

  private int datagram(FlowSender flow, long number, RtpPacket packet, int flags) {
    int head = MediaHeader.length(flow.id());
    int length = flow.history.length(number);
    byte[] datagram = new byte[head + length];
    int time = MediaTime.of(flow.history.firstSent(number));
    MediaHeader.write(datagram, flow.id(), flags, (int) number & 0xffff, time);
    int from = packet.bytes().readerIndex() + flow.history.offset(number);
    packet.bytes().getBytes(from, datagram, head, length);
    flow.bytes += datagram.length;
    bytes += datagram.length;
    if (!sink.send(datagram)) {
      refused++; // the other side misses it, and asks
      refusedSound += flow.isSound() ? 1 : 0;
    }
    return datagram.length;
  }
}
