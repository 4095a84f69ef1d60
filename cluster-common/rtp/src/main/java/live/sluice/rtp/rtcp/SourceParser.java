package live.sluice.rtp.rtcp;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;

/** SDES, of which the canonical name is read, and BYE, whose reason is not; RFC 3550, sections 6.5 and 6.6. */
final class SourceParser {
  private SourceParser() {}

  static boolean description(ByteBuf packet, int from, int end, int chunks, RtcpListener listener) {
    int at = from;
    for (int i = 0; i < chunks && at >= 0; i++) {
      at = chunk(packet, from, at, end, listener);
    }
    return at >= 0;
  }

  /** Reads one chunk at {@code at}, and gives where the next begins, or -1. */
  private static int chunk(ByteBuf packet, int base, int at, int end, RtcpListener listener) {
    if (end - at < Rtcp.SSRC) {
      return -1;
    }
    int ssrc = packet.getInt(at);
    int item = at + Rtcp.SSRC;
    while (item < end) {
      int type = packet.getByte(item);
      if (type == 0) {
        // At least one zero ends the items; further ones fill the word.
        int next = item + 1;
        next += -(next - base) & 3;
        return next <= end ? next : -1;
      }
      if (end - item < 2) {
        return -1;
      }
      int length = packet.getUnsignedByte(item + 1);
      if (end - item - 2 < length) {
        return -1;
      }
      if (type == Rtcp.CNAME) {
        listener.onCname(ssrc, packet.toString(item + 2, length, StandardCharsets.UTF_8));
      }
      item += 2 + length;
    }
    return -1;
  }

  static boolean bye(ByteBuf packet, int from, int end, int sources, RtcpListener listener) {
    if (end - from < sources * Rtcp.SSRC) {
      return false;
    }
    for (int i = 0; i < sources; i++) {
      listener.onBye(packet.getInt(from + i * Rtcp.SSRC));
    }
    return true;
  }
}
