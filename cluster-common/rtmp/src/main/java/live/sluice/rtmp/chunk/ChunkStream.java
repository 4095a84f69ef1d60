package live.sluice.rtmp.chunk;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import org.jspecify.annotations.Nullable;

/** What a reader keeps of one chunk stream: the last header's fields, and the message that is under way. */
final class ChunkStream {
  private static final int LEAST_BYTES = 1024;

  /** The timestamp field of the last header that had one: absolute or a delta, extension included. */
  long field;

  /** Whether that field was an extended one. */
  boolean extended;

  /** Whether that field was absolute. */
  boolean absolute;

  /** Timestamp of the current message, or of the last one. */
  long timestamp;

  int length;
  int type;
  int streamId;

  private boolean open;
  private @Nullable ByteBuf body;

  /** Whether a message is under way. */
  boolean midMessage() {
    return open;
  }

  /** Begins a message of {@link #length} bytes. */
  void begin() {
    open = true;
  }

  /** Bytes of the current message that have not come. */
  int missing() {
    ByteBuf b = body;
    return b == null ? length : length - b.writerIndex();
  }

  /** Bytes held for the current message. */
  int held() {
    ByteBuf b = body;
    return b == null ? 0 : b.capacity();
  }

  /**
   * What must be held to take {@code bytes} more: never much more than what has come.
   *
   * @param inSight bytes of input that are there now, of this chunk and after it
   */
  int heldFor(int bytes, int inSight) {
    int held = held();
    int needed = length - missing() + bytes;
    if (needed <= held) {
      return held;
    }
    long roomy = Math.max(LEAST_BYTES, Math.max(2L * held, needed + (long) inSight));
    return (int) Math.min(length, roomy);
  }

  /** Takes {@code bytes} of {@code in} into a buffer of {@code capacity} bytes, which {@link #heldFor} told. */
  void append(ByteBuf in, int bytes, int capacity, Slab slab, ByteBufAllocator allocator) {
    ByteBuf b = body;
    if (b == null) {
      // What does not come in one piece may never come, and grows as it comes.
      boolean whole = bytes == length && (type == MessageType.AUDIO || type == MessageType.VIDEO);
      b = whole ? slab.take(length) : allocator.directBuffer(capacity, length);
      body = b;
    } else if (capacity > b.capacity()) {
      b.capacity(capacity);
    }
    b.writeBytes(in, bytes);
  }

  /** The message, which is whole. */
  RtmpMessage take() {
    ByteBuf b = body;
    body = null;
    open = false;
    return new RtmpMessage(type, timestamp, streamId, b == null ? Unpooled.EMPTY_BUFFER : b);
  }

  /** Throws away the message under way. */
  void discard() {
    ByteBuf b = body;
    body = null;
    open = false;
    if (b != null) {
      b.release();
    }
  }
}
