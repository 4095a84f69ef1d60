package live.sluice.rtc.dtls;

import io.netty.buffer.ByteBuf;

/** Layout of records and of the handshake messages in them; RFC 6347, sections 4.1 and 4.2.2. */
public final class DtlsRecord {
  static final int HEADER_BYTES = 13;
  static final int CHANGE_CIPHER_SPEC = 20;
  static final int HANDSHAKE = 22;

  static final int MESSAGE_HEADER_BYTES = 12;
  static final int CLIENT_HELLO = 1;
  static final int CERTIFICATE_VERIFY = 15;

  /** No handshake message of a peer that we serve is longer: certificates with chains have 2 to 4 KB. */
  static final int MAX_MESSAGE_BYTES = 8192;

  private DtlsRecord() {}

  /** Whether a datagram is DTLS and neither STUN nor RTP; RFC 7983, section 7. Moves no index. */
  public static boolean matches(ByteBuf datagram) {
    if (datagram.readableBytes() < HEADER_BYTES) {
      return false;
    }
    int first = datagram.getUnsignedByte(datagram.readerIndex());
    return first >= 20 && first <= 63;
  }

  /** Whether a datagram begins with a ClientHello, or a part of one: that of a client that begins. Moves no index. */
  static boolean isClientHello(ByteBuf datagram) {
    int at = datagram.readerIndex();
    return datagram.readableBytes() >= HEADER_BYTES + MESSAGE_HEADER_BYTES
        && datagram.getByte(at) == HANDSHAKE
        && datagram.getByte(at + HEADER_BYTES) == CLIENT_HELLO;
  }

  static int uint16(byte[] bytes, int at) {
    return (bytes[at] & 0xff) << 8 | (bytes[at + 1] & 0xff);
  }

  static int uint24(byte[] bytes, int at) {
    return (bytes[at] & 0xff) << 16 | uint16(bytes, at + 1);
  }

  /**
   * Whether every message that has a part in these bytes, the body of a handshake record, says that it has a sensible
   * length. The library takes memory for the whole of a message as soon as a first part of it comes (CVE-2026-59646):
   * 26 bytes would cost 16 MB.
   */
  static boolean messagesAreBounded(byte[] bytes, int at, int length) {
    int end = at + length;
    while (end - at >= MESSAGE_HEADER_BYTES) {
      if (uint24(bytes, at + 1) > MAX_MESSAGE_BYTES) {
        return false;
      }
      at += MESSAGE_HEADER_BYTES + uint24(bytes, at + 9);
    }
    return true;
  }
}
