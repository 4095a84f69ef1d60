package live.sluice.rtc.srtp;

import io.netty.buffer.ByteBuf;

/** Where the payload of an RTP packet begins: only what stands there is encrypted. RFC 3550, section 5. */
final class RtpLayout {
  static final int FIXED_HEADER = 12;

  private RtpLayout() {}

  /** Bytes of the header with contributing sources and extension; -1 if this is no RTP packet, or its header is cut. */
  static int headerLength(ByteBuf packet) {
    int length = packet.readableBytes();
    if (length < FIXED_HEADER) {
      return -1;
    }
    int at = packet.readerIndex();
    int first = packet.getUnsignedByte(at);
    if (first >>> 6 != 2) {
      return -1;
    }
    int header = FIXED_HEADER + 4 * (first & 0x0f);
    if ((first & 0x10) != 0) {
      if (length < header + 4) {
        return -1;
      }
      header += 4 + 4 * packet.getUnsignedShort(at + header + 2);
    }
    return header <= length ? header : -1;
  }
}
