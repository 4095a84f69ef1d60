package live.sluice.rtc.sdp;

import live.sluice.rtp.RtpTrack;

/**
 * A track that is sent to a peer, and what its packets look like there.
 *
 * @param track the stream's
 * @param mid of its section; empty where it has none
 * @param payloadType of its packets
 * @param rtxPayloadType of those that are sent again; {@link IncomingTrack#NO_RTX} without RTX
 * @param ssrc of its packets
 * @param rtxSsrc of those that are sent again; of no meaning without RTX
 * @param extensions by which numbers its packets may carry extensions
 * @param feedback what the peer may send
 */
public record OutgoingTrack(
    RtpTrack track,
    String mid,
    int payloadType,
    int rtxPayloadType,
    int ssrc,
    int rtxSsrc,
    ExtensionIds extensions,
    Feedback feedback) {
  /** Whether packets are sent again by RTX. */
  public boolean hasRtx() {
    return rtxPayloadType != IncomingTrack.NO_RTX;
  }
}
