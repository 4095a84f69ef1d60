package live.sluice.rtp.rtcp;

import io.netty.buffer.ByteBuf;

/** Feedback but transport-cc: sender's and media's SSRC, then what the format has; RFC 4585, section 6.1. */
final class FeedbackParser {
  private static final int SSRCS = 2 * Rtcp.SSRC;
  private static final int NACK_ENTRY = 4;
  private static final int FIR_ENTRY = 8;
  private static final int REMB_FIXED = 8;

  private FeedbackParser() {}

  /** RFC 4585, section 6.2.1: a sequence number, and a bit for each of the 16 behind it. */
  static boolean nack(ByteBuf packet, int from, int end, RtcpListener listener) {
    if (end - from < SSRCS + NACK_ENTRY) {
      return false;
    }
    int media = packet.getInt(from + Rtcp.SSRC);
    for (int at = from + SSRCS; end - at >= NACK_ENTRY; at += NACK_ENTRY) {
      int sequence = packet.getUnsignedShort(at);
      listener.onNack(media, sequence);
      for (int bits = packet.getUnsignedShort(at + 2); bits != 0; bits &= bits - 1) {
        listener.onNack(media, sequence + 1 + Integer.numberOfTrailingZeros(bits) & 0xffff);
      }
    }
    return true;
  }

  static boolean ofPayload(ByteBuf packet, int from, int end, int format, RtcpListener listener) {
    if (end - from < SSRCS) {
      return false;
    }
    return switch (format) {
      case Rtcp.PLI -> {
        listener.onPli(packet.getInt(from + Rtcp.SSRC));
        yield true;
      }
      case Rtcp.FIR -> fir(packet, from + SSRCS, end, listener);
      case Rtcp.APPLICATION -> application(packet, from + SSRCS, end, listener);
      default -> true;
    };
  }

  /** RFC 5104, section 4.3.1: an entry for each source; the media's SSRC of the header is not used. */
  private static boolean fir(ByteBuf packet, int from, int end, RtcpListener listener) {
    for (int at = from; end - at >= FIR_ENTRY; at += FIR_ENTRY) {
      listener.onFir(packet.getInt(at), packet.getUnsignedByte(at + 4));
    }
    return end - from >= FIR_ENTRY;
  }

  /** draft-alvestrand-rmcat-remb-03, section 2.2; other uses of the application's format are passed over. */
  private static boolean application(ByteBuf packet, int from, int end, RtcpListener listener) {
    if (end - from < Integer.BYTES || packet.getInt(from) != Rtcp.REMB_NAME) {
      return true;
    }
    if (end - from < REMB_FIXED || end - from < REMB_FIXED + Rtcp.SSRC * packet.getUnsignedByte(from + 4)) {
      return false;
    }
    int exponent = packet.getUnsignedByte(from + 5) >> 2;
    long mantissa = packet.getUnsignedMedium(from + 5) & 0x3ffff;
    long rate = mantissa << exponent;
    // What is past 63 bits is no rate.
    if (rate < 0 || rate >> exponent != mantissa) {
      return false;
    }
    listener.onRemb(rate);
    return true;
  }
}
