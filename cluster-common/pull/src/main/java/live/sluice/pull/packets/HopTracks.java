package live.sluice.pull.packets;

import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;
import live.sluice.hop.wire.Fields;
import live.sluice.hop.wire.TrackFields;
import live.sluice.rtp.RtpTrack;

/** The message that tells a stream's tracks, behind its type. */
final class HopTracks {
  private static final int VERSION = 1;
  private static final int HEEDS_REQUESTS = 2;
  private static final int TRACK = 3;

  private HopTracks() {}

  static void write(ByteBuf out, HopMessage.Tracks message) {
    Fields.writeNumber(out, VERSION, message.version());
    Fields.writeNumber(out, HEEDS_REQUESTS, message.heedsRequests() ? 1 : 0);
    for (RtpTrack track : message.tracks()) {
      TrackFields.write(out, TRACK, track);
    }
  }

  static HopMessage.Tracks read(ByteBuf body) {
    int[] version = new int[1];
    boolean[] heeds = new boolean[1];
    List<RtpTrack> tracks = new ArrayList<>();
    Fields.read(
        body,
        (number, value) -> {
          switch (number) {
            case VERSION -> version[0] = Fields.number(value, 1, Integer.MAX_VALUE);
            case HEEDS_REQUESTS -> heeds[0] = Fields.number(value) != 0;
            case TRACK -> tracks.add(TrackFields.read(value, tracks.size()));
            default -> {}
          }
        });
    if (version[0] == 0 || tracks.isEmpty()) {
      throw Fields.broken("there is no version, or no track");
    }
    return new HopMessage.Tracks(version[0], heeds[0], List.copyOf(tracks));
  }
}
