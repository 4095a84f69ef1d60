package live.sluice.rtp.payload;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import java.util.Arrays;
import java.util.function.Consumer;
import live.sluice.rtp.RtpPacket;
import live.sluice.rtp.RtpTrack;

/**
 * Writes the packets of one frame behind each other into one buffer, and gives them out as slices of it. Each frame is
 * {@link #open}, {@link #begin} and the payload of each packet, {@link #finish}, and {@link #close} whatever happened.
 */
final class PacketWriter {
  /** Bytes of the fixed header; RFC 3550, section 5.1. */
  static final int HEADER = 12;

  private static final int VERSION_2 = 0x80;
  private static final int PAYLOAD_TYPE = 96;
  private static final int MARKER = 0x80;

  private final RtpTrack track;
  private final ByteBufAllocator allocator;
  private ByteBuf buffer = Unpooled.EMPTY_BUFFER;
  private int[] starts = new int[16];
  private int count;
  private int sequence;

  PacketWriter(RtpTrack track, ByteBufAllocator allocator) {
    this.track = track;
    this.allocator = allocator;
  }

  /** Begins a frame of at most so many bytes, all headers counted. */
  ByteBuf open(int bytes) {
    buffer = allocator.heapBuffer(bytes);
    count = 0;
    return buffer;
  }

  /** Begins the next packet of the frame; its payload is to be written to the buffer. */
  void begin(int timestamp) {
    if (count == starts.length) {
      starts = Arrays.copyOf(starts, 2 * count);
    }
    starts[count++] = buffer.writerIndex();
    buffer.writeByte(VERSION_2).writeByte(PAYLOAD_TYPE).writeShort(sequence++).writeInt(timestamp).writeInt(0);
  }

  /**
   * Gives the packets out: of pictures, with the marker on the last, and the first one a keyframe's where it is one.
   */
  void finish(boolean picture, boolean keyframe, long nowNanos, Consumer<RtpPacket> out) {
    if (count == 0) {
      return;
    }
    if (picture) {
      buffer.setByte(starts[count - 1] + 1, MARKER | PAYLOAD_TYPE);
    }
    for (int i = 0; i < count; i++) {
      int end = i + 1 < count ? starts[i + 1] : buffer.writerIndex();
      ByteBuf bytes = buffer.retainedSlice(starts[i], end - starts[i]);
      out.accept(new RtpPacket(track, 0, bytes, HEADER, !picture || (keyframe && i == 0), nowNanos));
    }
  }

  /** Lets the buffer go; the packets that were given out keep it. */
  void close() {
    buffer.release();
    buffer = Unpooled.EMPTY_BUFFER;
    count = 0;
  }
}
