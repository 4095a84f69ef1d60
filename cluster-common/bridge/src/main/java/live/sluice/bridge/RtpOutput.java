package live.sluice.bridge;

import java.util.List;
import live.sluice.media.ErrorCode;
import live.sluice.rtp.RtpPacket;
import live.sluice.rtp.RtpTrack;

/** Takes what {@link FramesToRtp} makes of a stream; all on the stream's loop. */
public interface RtpOutput {
  /**
   * The tracks, before the first packet of any of them, and again when a source brings other codecs or a further track:
   * the packets that follow are of the new ones. What has not changed is the same object as before.
   */
  void onTracks(List<RtpTrack> tracks);

  /** A packet, in order within its track; it is the callee's to release. */
  void onPacket(RtpPacket packet);

  /** This source's pictures or codecs can't be had by WebRTC; nothing more comes of it, but may of a later source. */
  void onRefused(ErrorCode code, String why);
}
