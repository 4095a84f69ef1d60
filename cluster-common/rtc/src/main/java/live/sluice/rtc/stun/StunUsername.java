package live.sluice.rtc.stun;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Whom a check is for. A socket serves many peers and finds the one by the name in the check, before anything is
 * computed for who may be nobody.
 */
public final class StunUsername {
  /** Most bytes of a USERNAME; RFC 8489, section 14.3. */
  static final int MAX_BYTES = 508;

  /** Most characters of a name's part; RFC 8839, section 5.4. */
  private static final int MAX_UFRAG = 256;

  private StunUsername() {}

  /**
   * The part of a request's USERNAME before the colon: the ufrag of who is asked; RFC 8445, section 7.2.2. Checks
   * neither integrity nor fingerprint.
   *
   * @param datagram what came; no index is moved
   * @return null where it is no binding request, or has no such name
   */
  public static @Nullable String localUfrag(ByteBuf datagram) {
    if (!StunHeader.matches(datagram)
        || datagram.getUnsignedShort(datagram.readerIndex()) != StunType.REQUEST.bits()) {
      return null;
    }
    int at = datagram.readerIndex() + StunHeader.BYTES;
    int end = datagram.writerIndex();
    while (end - at >= StunAttribute.HEADER_BYTES) {
      int type = datagram.getUnsignedShort(at);
      int length = datagram.getUnsignedShort(at + 2);
      int value = at + StunAttribute.HEADER_BYTES;
      if (length > end - value || type == StunAttribute.MESSAGE_INTEGRITY) {
        return null;
      }
      if (type == StunAttribute.USERNAME) {
        int colon = colonOf(datagram, value, length);
        return colon <= 0 ? null : datagram.toString(value, colon, StandardCharsets.US_ASCII);
      }
      at = value + StunAttribute.padded(length);
    }
    return null;
  }

  /** Characters before the first colon; -1 where there is none, or one that no ufrag has. */
  static int colonOf(ByteBuf bytes, int at, int length) {
    for (int i = 0; i < length && i <= MAX_UFRAG; i++) {
      byte c = bytes.getByte(at + i);
      if (c == ':') {
        return i;
      }
      if (!isIceChar(c)) {
        return -1;
      }
    }
    return -1;
  }

  /** Letters, digits, plus and slash; RFC 8839, section 5.4. */
  private static boolean isIceChar(int c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '+' || c == '/';
  }
}
