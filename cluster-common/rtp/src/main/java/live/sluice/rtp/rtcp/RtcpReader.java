package live.sluice.rtp.rtcp;

import io.netty.buffer.ByteBuf;

/**
 * Reads compound RTCP packets, and those of reduced size (RFC 5506), into calls of a listener. Kinds that are not
 * known are passed over. With the first malformed one the rest is ignored, and counted; what was read before it
 * stands. Hardly anything is allocated, and never more than the packet has bytes. Not thread-safe; one reader may
 * serve any number of peers of one event loop.
 */
public final class RtcpReader {
  private final TransportFeedback transportFeedback = new TransportFeedback();
  private long malformed;

  /**
   * Reads what stands between the reader and the writer index; no index moves.
   *
   * @return whether all of it was well-formed
   */
  public boolean read(ByteBuf packet, RtcpListener listener) {
    int at = packet.readerIndex();
    int limit = packet.writerIndex();
    do {
      int next = end(packet, at, limit);
      if (next < 0 || !readOne(packet, at, next, listener)) {
        malformed++;
        return false;
      }
      at = next;
    } while (at < limit);
    return true;
  }

  /** How many compound packets were not well-formed. */
  public long malformed() {
    return malformed;
  }

  /**
   * Where the packet at {@code at} ends, or -1. RFC 3550, section 6.4.1: version 2, and the length in words less one.
   */
  private static int end(ByteBuf packet, int at, int limit) {
    if (limit - at < Rtcp.HEADER || (packet.getByte(at) & 0xc0) != 0x80) {
      return -1;
    }
    int end = at + Rtcp.HEADER + Integer.BYTES * packet.getUnsignedShort(at + 2);
    return end > limit ? -1 : end;
  }

  private boolean readOne(ByteBuf packet, int at, int end, RtcpListener listener) {
    int first = packet.getByte(at);
    int body = at + Rtcp.HEADER;
    int bodyEnd = end;
    if ((first & 0x20) != 0) {
      int padding = end == body ? 0 : packet.getUnsignedByte(end - 1);
      if (padding == 0 || padding > end - body) {
        return false;
      }
      bodyEnd -= padding;
    }
    int count = first & 0x1f;
    return switch (packet.getUnsignedByte(at + 1)) {
      case Rtcp.SR -> ReportParser.senderReport(packet, body, bodyEnd, count, listener);
      case Rtcp.RR -> ReportParser.receiverReport(packet, body, bodyEnd, count, listener);
      case Rtcp.SDES -> SourceParser.description(packet, body, bodyEnd, count, listener);
      case Rtcp.BYE -> SourceParser.bye(packet, body, bodyEnd, count, listener);
      case Rtcp.RTPFB -> transportFeedback(packet, body, bodyEnd, count, listener);
      case Rtcp.PSFB -> FeedbackParser.ofPayload(packet, body, bodyEnd, count, listener);
      default -> true;
    };
  }

  private boolean transportFeedback(ByteBuf packet, int body, int end, int format, RtcpListener listener) {
    if (format == Rtcp.NACK) {
      return FeedbackParser.nack(packet, body, end, listener);
    }
    if (format != Rtcp.TRANSPORT_CC) {
      return true;
    }
    boolean read = transportFeedback.read(packet, body, end);
    if (read) {
      listener.onTransportFeedback(transportFeedback);
    }
    return read;
  }
}
