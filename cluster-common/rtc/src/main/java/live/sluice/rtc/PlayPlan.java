package live.sluice.rtc;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import live.sluice.rtc.sdp.OutgoingTrack;
import live.sluice.rtc.sdp.PlayNegotiation;
import live.sluice.rtp.RtpTrack;
import live.sluice.rtp.wire.HeaderExtension;
import org.jspecify.annotations.Nullable;

/** What an accepted offer of a player means for the media side. */
final class PlayPlan {
  /** Greater numbers need the long form of extensions, which is not written here. */
  private static final int GREATEST_ID = 14;

  private PlayPlan() {}

  /**
   * The tracks as they are sent.
   *
   * @param pinned the simulcast layer that is wanted and no other, null for the best that gets through
   */
  static List<EgressTrack> tracks(PlayNegotiation offer, @Nullable String pinned) {
    List<EgressTrack> tracks = new ArrayList<>();
    ThreadLocalRandom random = ThreadLocalRandom.current();
    for (OutgoingTrack outgoing : offer.tracks()) {
      int id = outgoing.extensions().id(HeaderExtension.TRANSPORT_CC);
      EgressWire wire =
          new EgressWire(
              outgoing.ssrc(),
              outgoing.payloadType(),
              outgoing.rtxSsrc(),
              outgoing.hasRtx() ? outgoing.rtxPayloadType() : -1,
              id > GREATEST_ID ? 0 : id);
      EgressTrack track = new EgressTrack(outgoing.track(), wire, random.nextInt(), random.nextInt());
      track.want(layer(outgoing.track(), pinned));
      tracks.add(track);
    }
    return tracks;
  }

  /** The layer of a track that is wanted: the one of that name, or the best. */
  static int layer(RtpTrack track, @Nullable String pinned) {
    int at = pinned == null ? -1 : track.layers().indexOf(pinned);
    return at >= 0 ? at : Math.max(0, track.layers().size() - 1);
  }
}
