package live.sluice.pull.packets;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import live.sluice.rtp.RtpPacket;
import live.sluice.rtp.wire.RtpHeader;

/**
 * Writes packets that go out together. Payloads are shared by reference; heads, and some packets so small that a copy costs
 * less than a piece of its own, lie in one buffer. On the channel's loop.
 */
final class PacketWriter {
  /** A packet with less than this behind its fixed header is copied, in bytes. */
  private static final int SMALL = 256;

  /** Most bytes of small packets that are copied in one go: the buffer is never to grow, as pieces of it are under way. */
  private static final int COPIED = 2048;

  private final Channel channel;
  private final ByteBuf heads;
  private int room = COPIED;

  /**
   * Begins to write; {@link #end} has to be called.
   *
   * @param packets how many at most
   */
  PacketWriter(Channel channel, int packets) {
    this.channel = channel;
    int size = HopPacket.HEAD * packets + COPIED;
    this.heads = channel.alloc().directBuffer(size, size);
  }

  /** Writes a packet, which stays the caller's; bytes written. */
  int write(RtpPacket packet) {
    ByteBuf bytes = packet.bytes();
    int at = bytes.readerIndex() + RtpHeader.BYTES;
    int length = bytes.readableBytes() - RtpHeader.BYTES;
    HopPacket.writeHead(packet, heads);
    if (length < SMALL && length <= room) {
      room -= length;
      heads.writeBytes(bytes, at, length);
    } else {
      channel.write(heads.readRetainedSlice(heads.readableBytes()), channel.voidPromise());
      channel.write(bytes.retainedSlice(at, length), channel.voidPromise());
    }
    return HopPacket.HEAD + length;
  }

  /** Writes what is left, and flushes. */
  void end() {
    if (heads.isReadable()) {
      channel.write(heads, channel.voidPromise());
    } else {
      heads.release();
    }
    channel.flush();
  }
}
