package live.sluice.media.codec;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/**
 * Walks over the length-prefixed NAL units of a payload without allocating: one cursor serves many payloads. It borrows
 * the payload and does not move its indices. Not thread-safe.
 *
 * <pre>{@code
 * cursor.reset(frame.payload(), config.lengthSize());
 * while (cursor.next()) {
 *   use(payload, cursor.offset(), cursor.length(), cursor.firstByte());
 * }
 * }</pre>
 */
public final class NalCursor {
  private ByteBuf payload = Unpooled.EMPTY_BUFFER;
  private int lengthSize;
  private int end;
  private int offset;
  private int length;
  private boolean truncated;

  /** Stands before the first NAL unit of {@code newPayload}, whose lengths take {@code newLengthSize} bytes each. */
  public NalCursor reset(ByteBuf newPayload, int newLengthSize) {
    payload = newPayload;
    lengthSize = checkedLengthSize(newLengthSize);
    offset = newPayload.readerIndex();
    end = newPayload.writerIndex();
    length = 0;
    truncated = false;
    return this;
  }

  /** Moves to the next NAL unit that is not empty; false at the end, or where a length points past the end. */
  public boolean next() {
    while (true) {
      int at = offset + length;
      if (end - at < lengthSize) {
        truncated |= end > at;
        return false;
      }
      long size =
          switch (lengthSize) {
            case 1 -> payload.getUnsignedByte(at);
            case 2 -> payload.getUnsignedShort(at);
            default -> payload.getUnsignedInt(at);
          };
      if (size > end - at - lengthSize) {
        truncated = true;
        return false;
      }
      offset = at + lengthSize;
      length = (int) size;
      if (length > 0) {
        return true;
      }
    }
  }

  /** Absolute index of the current NAL unit in the payload, after its length. */
  public int offset() {
    return offset;
  }

  /** Bytes of the current NAL unit. */
  public int length() {
    return length;
  }

  /** First byte of the current NAL unit, for {@link Nal#type}. */
  public int firstByte() {
    return payload.getUnsignedByte(offset);
  }

  /** Whether the walk ended before the end of the payload, because a length did not fit. */
  public boolean truncated() {
    return truncated;
  }

  static int checkedLengthSize(int size) {
    if (size != 1 && size != 2 && size != 4) {
      throw Broken.because("a payload of NAL units", "lengths can't have " + size + " bytes");
    }
    return size;
  }
}
