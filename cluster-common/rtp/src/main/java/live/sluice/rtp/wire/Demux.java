package live.sluice.rtp.wire;

import io.netty.buffer.ByteBuf;

/**
 * Tells apart what comes at one port by its first two bytes; RFC 7983, section 7, and RFC 5761, section 4. Too short
 * to be what the first byte says is unknown as well.
 */
public final class Demux {
  /** What a datagram, or a frame of a TCP connection, is by its first bytes. */
  public enum Kind {
    /** A STUN message. */
    STUN,
    /** DTLS records. */
    DTLS,
    /** An RTP or SRTP packet. */
    RTP,
    /** A compound RTCP or SRTCP packet. */
    RTCP,
    /** Nothing that a WebRTC peer sends. */
    UNKNOWN
  }

  private static final int STUN_HEADER = 20;
  private static final int DTLS_HEADER = 13;
  private static final int RTCP_HEADER = 8;

  private Demux() {}

  /** What stands between the reader and the writer index; no index moves. */
  public static Kind kindOf(ByteBuf datagram) {
    int bytes = datagram.readableBytes();
    // Of all kinds, none is shorter than an RTCP header.
    if (bytes < RTCP_HEADER) {
      return Kind.UNKNOWN;
    }
    int first = datagram.getUnsignedByte(datagram.readerIndex());
    if (first >= 128 && first <= 191) {
      int type = datagram.getByte(datagram.readerIndex() + 1) & 0x7f;
      // RTCP types 192 to 223 lie where payload types 64 to 95 with a marker would; RTP leaves those out.
      if (type >= 64 && type <= 95) {
        return Kind.RTCP;
      }
      return bytes >= RtpHeader.BYTES ? Kind.RTP : Kind.UNKNOWN;
    }
    if (first >= 20 && first <= 63) {
      return bytes >= DTLS_HEADER ? Kind.DTLS : Kind.UNKNOWN;
    }
    return first <= 3 && bytes >= STUN_HEADER ? Kind.STUN : Kind.UNKNOWN;
  }
}
