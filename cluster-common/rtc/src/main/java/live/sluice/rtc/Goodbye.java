package live.sluice.rtc;

import io.netty.buffer.ByteBuf;
import java.util.List;
import live.sluice.rtp.rtcp.RtcpWriter;

/** Tells a player that nothing more comes: RFC 3550, section 6.3.7. */
final class Goodbye {
  private static final int ROOM = 512;

  private Goodbye() {}

  /** Says BYE for each track of which something was sent, and nothing where nothing was. On the player's loop. */
  static void send(Peer peer, EgressTrack[] tracks, String cname) {
    ByteBuf packet = peer.allocator().directBuffer(ROOM);
    try {
      write(packet, tracks, cname);
      if (packet.isReadable()) {
        peer.sendRtcp(packet);
      }
    } finally {
      packet.release();
    }
  }

  static void write(ByteBuf out, EgressTrack[] tracks, String cname) {
    for (EgressTrack track : tracks) {
      if (track.packets() > 0) {
        int ssrc = track.wire().ssrc();
        if (!out.isReadable()) {
          // Section 6.1: a compound packet begins with a report, and has a name.
          RtcpWriter.receiverReport(out, ssrc, List.of());
          RtcpWriter.cname(out, ssrc, cname);
        }
        RtcpWriter.bye(out, ssrc);
      }
    }
  }
}
