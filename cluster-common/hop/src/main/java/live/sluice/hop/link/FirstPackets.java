package live.sluice.hop.link;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import live.sluice.rtp.RtpPacket;
import org.jspecify.annotations.Nullable;

/**
 * The packets that a subscription begins with, as a stream: two bytes of length; track, layer and whether a picture begins
 * with it, a byte each; and the packet. A length of 0 is the end.
 */
final class FirstPackets {
  private static final int HEAD = 5;
  private static final int MOST = 0xffff;

  private FirstPackets() {}

  /** All of them, with the end. */
  static byte[] write(RtpPacket[] packets, int count) {
    int size = 2;
    for (int i = 0; i < count; i++) {
      size += HEAD + packets[i].bytes().readableBytes();
    }
    ByteBuf out = Unpooled.buffer(size);
    for (int i = 0; i < count; i++) {
      RtpPacket packet = packets[i];
      ByteBuf bytes = packet.bytes();
      if (bytes.readableBytes() <= MOST) {
        out.writeShort(bytes.readableBytes())
            .writeByte(packet.track().index())
            .writeByte(packet.layer())
            .writeByte(packet.keyframe() ? 1 : 0)
            .writeBytes(bytes, bytes.readerIndex(), bytes.readableBytes());
      }
    }
    out.writeShort(0);
    byte[] all = new byte[out.readableBytes()];
    out.readBytes(all);
    return all;
  }

  /** Told of packets. */
  @FunctionalInterface
  interface Visitor {
    /** A packet, whose bytes are the callee's. */
    void packet(int track, int layer, boolean keyframe, ByteBuf bytes);
  }

  /** Cuts a stream into packets again. Not thread-safe. */
  static final class Reader implements AutoCloseable {
    private @Nullable ByteBuf rest;

    /**
     * Reads on.
     *
     * @param bytes taken over
     * @return true at the end of all
     */
    boolean read(ByteBuf bytes, Visitor visitor) {
      ByteBuf all = rest == null ? bytes : Unpooled.wrappedBuffer(rest, bytes);
      rest = null;
      while (all.readableBytes() >= 2) {
        int length = all.getUnsignedShort(all.readerIndex());
        if (length == 0) {
          all.release();
          return true;
        }
        if (all.readableBytes() < HEAD + length) {
          break;
        }
        all.skipBytes(2);
        int track = all.readUnsignedByte();
        int layer = all.readUnsignedByte();
        boolean keyframe = all.readByte() != 0;
        visitor.packet(track, layer, keyframe, ByteBufAllocator.DEFAULT.buffer(length).writeBytes(all, length));
      }
      if (all.isReadable()) {
        rest = Unpooled.copiedBuffer(all);
      }
      all.release();
      return false;
    }

    @Override
    public void close() {
      ByteBuf half = rest;
      rest = null;
      if (half != null) {
        half.release();
      }
    }
  }
}
