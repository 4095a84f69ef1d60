package live.sluice.rtp.wire;

import io.netty.buffer.ByteBuf;

/**
 * The header of an RTP packet that stands between a buffer's reader and writer index; RFC 3550, section 5.1. Nothing
 * here allocates, and only {@link #write} and {@link #dropPadding} move an index. {@link #payloadOffset} tells
 * whether the bytes are a packet at all; the other accessors want one of which it, or {@link #length}, has said so.
 */
public final class RtpHeader {
  /** Bytes of the fixed header. */
  public static final int BYTES = 12;

  /** What {@link #payloadOffset} and {@link #length} give for bytes that are no packet. */
  public static final int MALFORMED = -1;

  static final int EXTENSION = 0x10;
  static final int CSRC_COUNT = 0x0f;
  private static final int VERSION_BITS = 0xc0;
  private static final int VERSION_2 = 0x80;
  private static final int PADDING = 0x20;
  private static final int MARKER = 0x80;
  private static final int PAYLOAD_TYPE = 0x7f;

  private RtpHeader() {}

  /**
   * Bytes before the payload: the fixed header, contributing sources and the extension, all of it within the packet;
   * and the padding, if there is any, fits behind them. Padding can't be read before a packet is decrypted: see
   * {@link #length}.
   *
   * @return the offset from the reader index, or {@link #MALFORMED}
   */
  public static int payloadOffset(ByteBuf packet) {
    int offset = length(packet);
    if (offset >= 0 && (packet.getByte(packet.readerIndex()) & PADDING) != 0) {
      int padding = paddingLength(packet);
      // The count includes itself: zero is no count.
      return padding == 0 || padding > packet.readableBytes() - offset ? MALFORMED : offset;
    }
    return offset;
  }

  /** As {@link #payloadOffset}, but says nothing of the padding: for packets that are still encrypted. */
  public static int length(ByteBuf packet) {
    int bytes = packet.readableBytes();
    if (bytes < BYTES) {
      return MALFORMED;
    }
    int at = packet.readerIndex();
    int first = packet.getByte(at);
    if ((first & VERSION_BITS) != VERSION_2) {
      return MALFORMED;
    }
    int offset = BYTES + Integer.BYTES * (first & CSRC_COUNT);
    if ((first & EXTENSION) != 0) {
      if (offset + Integer.BYTES > bytes) {
        return MALFORMED;
      }
      offset += Integer.BYTES + Integer.BYTES * packet.getUnsignedShort(at + offset + Short.BYTES);
    }
    return offset > bytes ? MALFORMED : offset;
  }

  /** Bytes of padding at the end, 0 to 255; right once {@link #payloadOffset} found the packet well-formed. */
  public static int paddingLength(ByteBuf packet) {
    boolean padded = (packet.getByte(packet.readerIndex()) & PADDING) != 0;
    return padded ? packet.getUnsignedByte(packet.writerIndex() - 1) : 0;
  }

  /** Cuts the padding off: the writer index moves, and the header says that there is none. */
  public static void dropPadding(ByteBuf packet) {
    packet.writerIndex(packet.writerIndex() - paddingLength(packet));
    int at = packet.readerIndex();
    packet.setByte(at, packet.getByte(at) & ~PADDING);
  }

  /** Whether header extensions follow the fixed header and the contributing sources. */
  public static boolean hasExtension(ByteBuf packet) {
    return (packet.getByte(packet.readerIndex()) & EXTENSION) != 0;
  }

  /** The payload type, 0 to 127. */
  public static int payloadType(ByteBuf packet) {
    return packet.getByte(packet.readerIndex() + 1) & PAYLOAD_TYPE;
  }

  /** The marker: for pictures, the last packet of one. */
  public static boolean marker(ByteBuf packet) {
    return (packet.getByte(packet.readerIndex() + 1) & MARKER) != 0;
  }

  /** The sequence number, 0 to 65,535. */
  public static int sequence(ByteBuf packet) {
    return packet.getUnsignedShort(packet.readerIndex() + 2);
  }

  /** The timestamp in ticks of the payload's clock; all 32 bits count. */
  public static int timestamp(ByteBuf packet) {
    return packet.getInt(packet.readerIndex() + 4);
  }

  /** The synchronization source; all 32 bits count. */
  public static int ssrc(ByteBuf packet) {
    return packet.getInt(packet.readerIndex() + 8);
  }

  /** Puts another payload type in; the marker stays. */
  public static void setPayloadType(ByteBuf packet, int payloadType) {
    int at = packet.readerIndex() + 1;
    packet.setByte(at, (packet.getByte(at) & MARKER) | (payloadType & PAYLOAD_TYPE));
  }

  /** Sets or clears the marker. */
  public static void setMarker(ByteBuf packet, boolean marker) {
    int at = packet.readerIndex() + 1;
    packet.setByte(at, (packet.getByte(at) & PAYLOAD_TYPE) | (marker ? MARKER : 0));
  }

  /** Puts another sequence number in; its low 16 bits count. */
  public static void setSequence(ByteBuf packet, int sequence) {
    packet.setShort(packet.readerIndex() + 2, sequence);
  }

  /** Puts another timestamp in. */
  public static void setTimestamp(ByteBuf packet, int timestamp) {
    packet.setInt(packet.readerIndex() + 4, timestamp);
  }

  /** Puts another synchronization source in. */
  public static void setSsrc(ByteBuf packet, int ssrc) {
    packet.setInt(packet.readerIndex() + 8, ssrc);
  }

  /**
   * Writes a fixed header, {@value #BYTES} bytes, without padding and contributing sources.
   *
   * @param out where to; its writer index moves
   * @param extension whether the caller writes an {@link ExtensionBlock} next
   * @param payloadType 0 to 127
   * @param sequence its low 16 bits count
   */
  public static void write(
      ByteBuf out, boolean extension, boolean marker, int payloadType, int sequence, int timestamp, int ssrc) {
    out.writeByte(extension ? VERSION_2 | EXTENSION : VERSION_2);
    out.writeByte((marker ? MARKER : 0) | (payloadType & PAYLOAD_TYPE));
    out.writeShort(sequence);
    out.writeInt(timestamp);
    out.writeInt(ssrc);
  }
}
