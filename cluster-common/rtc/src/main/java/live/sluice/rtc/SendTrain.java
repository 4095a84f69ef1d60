package live.sluice.rtc;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import live.sluice.rtc.srtp.SrtpSender;
import org.jspecify.annotations.Nullable;

/**
 * Protects packets one behind the other into one buffer, as long as they have the same size and only the last is shorter:
 * such a train goes out by one message of the system, which cuts it. On the peer's loop.
 */
final class SendTrain {
  /** What the system takes at once: UDP's longest datagram, and 64 pieces. */
  private static final int MAX_BYTES = 60_000;

  private static final int MAX_PACKETS = 64;

  private final ByteBufAllocator allocator;
  private @Nullable ByteBuf buffer;
  private int segment;
  private int packets;
  private boolean shorter;

  SendTrain(ByteBufAllocator allocator) {
    this.allocator = allocator;
  }

  /**
   * Adds a packet.
   *
   * @param ahead packets that are likely to come before {@link #flush}, this one included
   */
  void add(
      PeerPath path,
      SrtpSender srtp,
      byte[] head,
      int headLength,
      int clearLength,
      ByteBuf payload,
      int payloadAt,
      int payloadLength,
      int ahead) {
    int size = headLength + payloadLength + srtp.rtpOverhead();
    ByteBuf to = buffer;
    if (to != null && !fits(path, to, size)) {
      flush(path);
      to = null;
    }
    if (to == null) {
      int room = path.takesTrains() ? Math.min(MAX_BYTES, Math.clamp(ahead, 1, MAX_PACKETS) * size) : size;
      to = allocator.directBuffer(Math.max(size, room));
      buffer = to;
      segment = size;
    }
    srtp.protect(head, headLength, clearLength, payload, payloadAt, payloadLength, to);
    packets++;
    shorter = size < segment;
  }

  private boolean fits(PeerPath path, ByteBuf to, int size) {
    return path.takesTrains()
        && !shorter
        && size <= segment
        && packets < MAX_PACKETS
        && to.readableBytes() + size <= MAX_BYTES;
  }

  /** Hands over what there is. */
  void flush(PeerPath path) {
    ByteBuf ready = buffer;
    if (ready != null) {
      buffer = null;
      int each = segment;
      packets = 0;
      shorter = false;
      path.sendTrain(ready, each);
    }
  }
}
