package live.sluice.rtp.payload;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/**
 * Walks over OBUs in the low-overhead format (AV1, section 5.2) without allocating. It borrows the buffer and does not
 * move its indices.
 */
final class ObuCursor {
  private ByteBuf in = Unpooled.EMPTY_BUFFER;
  private int end;
  private int next;
  private int offset;
  private int header;
  private int payloadOffset;
  private boolean truncated;

  /** Stands before the first OBU of what is readable. */
  void reset(ByteBuf obus) {
    in = obus;
    next = obus.readerIndex();
    end = obus.writerIndex();
    truncated = false;
  }

  /** Moves to the next OBU; false at the end, or where one does not fit. One without a size goes on to the end. */
  boolean next() {
    if (next >= end) {
      return false;
    }
    offset = next;
    header = in.getUnsignedByte(offset);
    payloadOffset = offset + Obu.headerLength(header);
    next = end;
    if (Obu.hasSize(header)) {
      long size = Leb128.read(in, payloadOffset, end);
      payloadOffset += size < 0 ? 0 : Leb128.length(size);
      if (size < 0 || Leb128.value(size) > end - payloadOffset) {
        truncated = true;
        return false;
      }
      next = payloadOffset + Leb128.value(size);
    } else if (payloadOffset > end) {
      truncated = true;
      return false;
    }
    return true;
  }

  /** Absolute index of the header. */
  int offset() {
    return offset;
  }

  /** The header's first byte. */
  int header() {
    return header;
  }

  int type() {
    return Obu.type(header);
  }

  /** Absolute index of what follows header and size. */
  int payloadOffset() {
    return payloadOffset;
  }

  int payloadLength() {
    return next - payloadOffset;
  }

  /** Bytes of all of it. */
  int length() {
    return next - offset;
  }

  /** Whether the walk ended before the end because an OBU did not fit. */
  boolean truncated() {
    return truncated;
  }
}
