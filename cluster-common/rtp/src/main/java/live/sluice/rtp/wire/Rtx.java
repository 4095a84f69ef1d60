package live.sluice.rtp.wire;

import io.netty.buffer.ByteBuf;

/**
 * Retransmissions in a stream of their own: the packet's header with the SSRC, payload type and sequence number of that
 * stream, then the original sequence number, then the payload; RFC 4588, section 4.
 */
public final class Rtx {
  /** Bytes that a retransmission is longer than its packet. */
  public static final int OVERHEAD = Short.BYTES;

  private Rtx() {}

  /**
   * Writes the retransmission of a packet that has no padding; its contributing sources and extensions are copied.
   *
   * @param packet a well-formed packet; its indices do not move
   * @param out where to; the writer index moves
   * @param ssrc of the stream of retransmissions
   * @param payloadType of the retransmissions
   * @param sequence in that stream
   */
  public static void wrap(ByteBuf packet, ByteBuf out, int ssrc, int payloadType, int sequence) {
    int at = packet.readerIndex();
    int header = RtpHeader.length(packet);
    out.writeByte(packet.getByte(at));
    out.writeByte((packet.getByte(at + 1) & 0x80) | (payloadType & 0x7f));
    out.writeShort(sequence);
    out.writeInt(RtpHeader.timestamp(packet));
    out.writeInt(ssrc);
    out.writeBytes(packet, at + RtpHeader.BYTES, header - RtpHeader.BYTES);
    out.writeShort(RtpHeader.sequence(packet));
    out.writeBytes(packet, at + header, packet.readableBytes() - header);
  }

  /**
   * Makes the original packet of a retransmission, in place: the header moves over the original sequence number, and
   * the reader index with it. Browsers probe the path with retransmissions of nothing but padding: they carry no
   * packet.
   *
   * @param packet a well-formed retransmission, writable and not shared
   * @param payloadOffset as {@link RtpHeader#payloadOffset} gave it; the same offset is right for the original
   * @param ssrc of the original stream
   * @param payloadType of the original stream
   * @return whether there was a packet in it; if not, nothing was changed
   */
  public static boolean unwrap(ByteBuf packet, int payloadOffset, int ssrc, int payloadType) {
    int payload = packet.readableBytes() - payloadOffset - RtpHeader.paddingLength(packet);
    if (payload < OVERHEAD) {
      return false;
    }
    int at = packet.readerIndex();
    int original = packet.getUnsignedShort(at + payloadOffset);
    // From the back, since both places overlap.
    for (int i = payloadOffset - 1; i >= 0; i--) {
      packet.setByte(at + OVERHEAD + i, packet.getByte(at + i));
    }
    packet.readerIndex(at + OVERHEAD);
    RtpHeader.setPayloadType(packet, payloadType);
    RtpHeader.setSequence(packet, original);
    RtpHeader.setSsrc(packet, ssrc);
    return true;
  }
}
