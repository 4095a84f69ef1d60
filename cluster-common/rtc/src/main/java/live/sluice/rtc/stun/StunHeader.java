package live.sluice.rtc.stun;

import io.netty.buffer.ByteBuf;

/** The 20 bytes before the attributes, RFC 8489, section 5: type, length, magic cookie, transaction id. */
public final class StunHeader {
  /** Bytes of the header. */
  public static final int BYTES = 20;

  /** Bytes of a transaction's id. */
  public static final int TRANSACTION_BYTES = 12;

  /** Bytes of the longest message that is read; checks of browsers have 100 to 200. */
  public static final int MAX_MESSAGE_BYTES = 2048;

  static final int MAGIC_COOKIE = 0x2112a442;
  static final int LENGTH_AT = 2;
  static final int COOKIE_AT = 4;
  static final int TRANSACTION_AT = 8;

  private StunHeader() {}

  /**
   * Whether the readable bytes of {@code datagram} look like one STUN message from its first byte to its last, so that
   * they are neither DTLS nor RTP; RFC 7983, section 7. Moves no index.
   */
  public static boolean matches(ByteBuf datagram) {
    int readable = datagram.readableBytes();
    if (readable < BYTES || readable > MAX_MESSAGE_BYTES) {
      return false;
    }
    int start = datagram.readerIndex();
    int length = datagram.getUnsignedShort(start + LENGTH_AT);
    return (datagram.getByte(start) & 0xc0) == 0
        && datagram.getInt(start + COOKIE_AT) == MAGIC_COOKIE
        && length == readable - BYTES
        && (length & 3) == 0;
  }
}
