package live.sluice.rtmp.chunk;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;

/** Protocol control messages, ready to be written (RTMP specification, sections 5.4 and 7.1.7). */
public final class ControlMessages {
  /** The peer may send as much as the greater of this and what it was told before. */
  private static final int LIMIT_DYNAMIC = 2;

  private ControlMessages() {}

  /** From now on chunks of ours have up to {@code bytes}. */
  public static ByteBuf setChunkSize(ByteBufAllocator allocator, int bytes) {
    return begin(allocator, MessageType.SET_CHUNK_SIZE, 4).writeInt(bytes);
  }

  /** {@code total} bytes were received, modulo 2^32. */
  public static ByteBuf acknowledgement(ByteBufAllocator allocator, int total) {
    return begin(allocator, MessageType.ACKNOWLEDGEMENT, 4).writeInt(total);
  }

  /** We want an acknowledgement each {@code bytes}. */
  public static ByteBuf windowAckSize(ByteBufAllocator allocator, int bytes) {
    return begin(allocator, MessageType.WINDOW_ACK_SIZE, 4).writeInt(bytes);
  }

  /** The peer may send {@code bytes} without an acknowledgement. */
  public static ByteBuf setPeerBandwidth(ByteBufAllocator allocator, int bytes) {
    return begin(allocator, MessageType.SET_PEER_BANDWIDTH, 5).writeInt(bytes).writeByte(LIMIT_DYNAMIC);
  }

  /** A user control message with one value: see {@link UserControl}. */
  public static ByteBuf userControl(ByteBufAllocator allocator, int event, int value) {
    return begin(allocator, MessageType.USER_CONTROL, 6).writeShort(event).writeInt(value);
  }

  /** How long the client's buffer for a message stream is. */
  public static ByteBuf setBufferLength(ByteBufAllocator allocator, int streamId, int ms) {
    return begin(allocator, MessageType.USER_CONTROL, 10)
        .writeShort(UserControl.SET_BUFFER_LENGTH)
        .writeInt(streamId)
        .writeInt(ms);
  }

  private static ByteBuf begin(ByteBufAllocator allocator, int type, int length) {
    ByteBuf out = allocator.directBuffer(12 + length);
    // They are shorter than any chunk size, so that one header does.
    ChunkWriter.begin(out, ChunkReader.DEFAULT_CHUNK_SIZE, ChunkWriter.CONTROL, type, 0, 0, length);
    return out;
  }
}
