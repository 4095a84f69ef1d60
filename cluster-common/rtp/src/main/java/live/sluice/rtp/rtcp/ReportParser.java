package live.sluice.rtp.rtcp;

import io.netty.buffer.ByteBuf;

/** SR and RR; RFC 3550, section 6.4. Extensions of profiles behind the blocks are passed over. */
final class ReportParser {
  private ReportParser() {}

  static boolean senderReport(ByteBuf packet, int from, int end, int blocks, RtcpListener listener) {
    if (end - from < Rtcp.SSRC + Rtcp.SENDER_INFO + blocks * Rtcp.REPORT_BLOCK) {
      return false;
    }
    int ssrc = packet.getInt(from);
    listener.onSenderReport(
        new SenderReport(
            ssrc,
            packet.getLong(from + 4),
            packet.getInt(from + 12),
            packet.getUnsignedInt(from + 16),
            packet.getUnsignedInt(from + 20)));
    blocks(packet, from + Rtcp.SSRC + Rtcp.SENDER_INFO, blocks, ssrc, listener);
    return true;
  }

  static boolean receiverReport(ByteBuf packet, int from, int end, int blocks, RtcpListener listener) {
    if (end - from < Rtcp.SSRC + blocks * Rtcp.REPORT_BLOCK) {
      return false;
    }
    blocks(packet, from + Rtcp.SSRC, blocks, packet.getInt(from), listener);
    return true;
  }

  private static void blocks(ByteBuf packet, int from, int count, int reporter, RtcpListener listener) {
    for (int i = 0; i < count; i++) {
      int at = from + i * Rtcp.REPORT_BLOCK;
      listener.onReportBlock(
          reporter,
          new ReportBlock(
              packet.getInt(at),
              packet.getUnsignedByte(at + 4),
              packet.getMedium(at + 5),
              packet.getUnsignedInt(at + 8),
              packet.getUnsignedInt(at + 12),
              packet.getInt(at + 16),
              packet.getInt(at + 20)));
    }
  }
}
