package live.sluice.pull.packets;

import io.netty.buffer.ByteBuf;
import java.util.List;
import live.sluice.hop.wire.Fields;
import live.sluice.media.SluiceException;
import live.sluice.rtp.RtpPacket;
import live.sluice.rtp.RtpTrack;
import live.sluice.rtp.wire.RtpHeader;

/** A packet as the hop has it: its fixed header is rewritten, all the rest stays as it came. */
final class HopPacket {
  /** Bytes that differ from what the publisher sent: the frame's length and the fixed header. */
  static final int HEAD = Short.BYTES + RtpHeader.BYTES;

  private static final int PADDING = 0x20;
  private static final int MARKER = 0x80;
  private static final int PLAIN = 96;
  private static final int KEYFRAME = PLAIN + PacketHop.MAX_TRACKS;

  private HopPacket() {}

  /** Whether it can be told to another node. */
  static boolean fits(RtpPacket packet) {
    int length = packet.bytes().readableBytes();
    return length >= RtpHeader.BYTES && length <= PacketHop.MAX_BODY;
  }

  /** Writes {@link #HEAD}; what follows are the packet's own bytes behind its fixed header. */
  static void writeHead(RtpPacket packet, ByteBuf out) {
    ByteBuf bytes = packet.bytes();
    int track = packet.track().index();
    int type = (packet.keyframe() ? KEYFRAME : PLAIN) + track;
    out.writeShort(bytes.readableBytes())
        .writeByte(bytes.getByte(bytes.readerIndex()) & ~PADDING)
        .writeByte(packet.marker() ? MARKER | type : type)
        .writeShort(packet.sequence())
        .writeInt(packet.timestamp())
        .writeInt((track << 8) | packet.layer());
  }

  /**
   * Reads the body of a frame.
   *
   * @param body taken over, whatever happens
   * @param arrivalNanos when it came, by the monotonic clock, in ns
   * @return a packet that the caller owns
   * @throws SluiceException PROTOCOL_ERROR
   */
  static RtpPacket read(ByteBuf body, List<RtpTrack> tracks, long arrivalNanos) {
    int offset = RtpHeader.payloadOffset(body);
    if (offset < 0 || !isOurs(body, tracks.size())) {
      body.release();
      throw Fields.broken("a packet is malformed, or of no track or layer");
    }
    RtpHeader.dropPadding(body);
    int type = RtpHeader.payloadType(body);
    int source = RtpHeader.ssrc(body);
    return new RtpPacket(tracks.get(source >>> 8), source & 0xff, body, offset, type >= KEYFRAME, arrivalNanos);
  }

  private static boolean isOurs(ByteBuf body, int tracks) {
    int type = RtpHeader.payloadType(body);
    int source = RtpHeader.ssrc(body);
    int track = source >>> 8;
    boolean typed = type - PLAIN == track || type - KEYFRAME == track;
    return typed && track < tracks && (source & 0xff) < PacketHop.MAX_LAYERS;
  }
}
