package live.sluice.pull.packets;

import java.util.List;
import live.sluice.media.ErrorCode;
import live.sluice.rtp.RtpTrack;

/** What the two ends of a hop say to each other beside packets. */
sealed interface HopMessage {

  /**
   * From the owner, first of all and once.
   *
   * @param version that the owner speaks
   * @param heedsRequests whether a keyframe that is asked for comes soon
   * @param tracks by index
   */
  record Tracks(int version, boolean heedsRequests, List<RtpTrack> tracks) implements HopMessage {}

  /**
   * From the owner: a sender report came.
   *
   * @param track index
   * @param layer of the track
   * @param ntp wall clock of the publisher as 64 bits of NTP
   * @param rtp the same moment in ticks of the track
   */
  record Clock(int track, int layer, long ntp, int rtp) implements HopMessage {}

  /** To the owner: a picture that can be decoded by itself is wanted of that layer. */
  record KeyframeRequest(int layer) implements HopMessage {}

  /** To the owner: only these layers are wanted, bit n for layer n; all of them until this is said. */
  record WantedLayers(int mask) implements HopMessage {}

  /** From the owner, where it has sent nothing for some time. */
  record Alive() implements HopMessage {}

  /** From the owner, last of all: why it ends. */
  record End(ErrorCode code, String why) implements HopMessage {}
}
