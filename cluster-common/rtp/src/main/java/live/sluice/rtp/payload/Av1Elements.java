package live.sluice.rtp.payload;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import live.sluice.rtp.RtpPacket;

/**
 * Walks over the OBU elements of an AV1 payload (RTP payload format for AV1, sections 4.3 to 4.5) without allocating.
 */
final class Av1Elements {
  private ByteBuf in = Unpooled.EMPTY_BUFFER;
  private int header;
  private int end;
  private int offset;
  private int length;
  private int index;
  private boolean broken;

  /** Stands before the first element of a packet, whose payload has a byte at least. */
  void reset(RtpPacket packet) {
    in = packet.bytes();
    int at = in.readerIndex() + packet.payloadOffset();
    header = in.getByte(at);
    end = in.writerIndex();
    offset = at + 1;
    length = 0;
    index = 0;
    broken = false;
  }

  /** Moves to the next element; false at the end, or where one does not fit. */
  boolean next() {
    int at = offset + length;
    int count = header >> 4 & 3;
    if (count == 0 ? at == end : index == count) {
      broken = at != end || index == 0;
      return false;
    }
    index++;
    if (index == count) {
      // The last of a known number of elements needs no length.
      offset = at;
      length = end - at;
      return true;
    }
    long size = Leb128.read(in, at, end);
    if (size < 0 || Leb128.value(size) > end - at - Leb128.length(size)) {
      broken = true;
      return false;
    }
    offset = at + Leb128.length(size);
    length = Leb128.value(size);
    return true;
  }

  ByteBuf source() {
    return in;
  }

  /** Absolute index of the element. */
  int offset() {
    return offset;
  }

  int length() {
    return length;
  }

  /** Whether it goes on with an OBU of the packet before. */
  boolean continued() {
    return index == 1 && (header & 0x80) != 0;
  }

  /** Whether its OBU goes on in the next packet. */
  boolean continues() {
    return offset + length == end && (header & 0x40) != 0;
  }

  /** Whether the walk ended where it should not. */
  boolean broken() {
    return broken;
  }
}
