package live.sluice.rtc.ice;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;

/**
 * Packets on a connection, RFC 4571, section 2, as ICE over TCP has them (RFC 6544, section 3): two bytes of length,
 * then the packet.
 */
public final class TcpFraming {
  /** Bytes before each packet. */
  public static final int LENGTH_BYTES = 2;

  /** Bytes of the longest packet that two bytes can tell. */
  public static final int MAX_PACKET_BYTES = 0xffff;

  private TcpFraming() {}

  /** A new buffer with the length of a packet that is sent right after it. */
  public static ByteBuf lengthOf(ByteBufAllocator allocator, int packetBytes) {
    return writeLength(allocator.directBuffer(LENGTH_BYTES), packetBytes);
  }

  /** Appends the length of a packet that follows it. */
  public static ByteBuf writeLength(ByteBuf out, int packetBytes) {
    if (packetBytes > MAX_PACKET_BYTES) {
      throw new IllegalArgumentException("a packet of " + packetBytes + " bytes");
    }
    return out.writeShort(packetBytes);
  }
}
