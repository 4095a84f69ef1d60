package live.sluice.rtc.sdp;

import java.util.List;
import live.sluice.rtp.RtpTrack;

/**
 * A track that a peer sends, and how its packets are known.
 *
 * @param track what the stream is told of it, with the names of its simulcast layers
 * @param mid of its section; empty where it has none
 * @param payloadType of its packets
 * @param rtxPayloadType of those that are sent again; -1 without RTX
 * @param extensions by which numbers its packets carry extensions
 * @param feedback what it may be sent
 * @param sources as the offer names them: one, or one for each layer; empty where the packets say it themselves
 * @param streamId the stream it belongs to in the peer's eyes; empty where it says none
 */
public record IncomingTrack(
    RtpTrack track,
    String mid,
    int payloadType,
    int rtxPayloadType,
    ExtensionIds extensions,
    Feedback feedback,
    List<Source> sources,
    String streamId) {
  /** What stands for a payload type that there is not. */
  public static final int NO_RTX = -1;
}
