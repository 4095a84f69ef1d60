package live.sluice.rtc;

import java.util.List;
import live.sluice.rtp.RtpTrack;

/**
 * How a publisher marks the packets of one track, as its offer and our answer say.
 *
 * @param track the track
 * @param payloadType of its packets
 * @param rtxPayloadType of packets that are sent again in a stream of their own; -1 where there is none
 * @param mid name of its media section, as packets may carry it
 * @param rids names of its simulcast layers from the least to the best; empty where there is one layer
 * @param ssrc of its packets where the offer tells it; 0 where it does not
 * @param rtxSsrc of packets that are sent again where the offer tells it; 0 where it does not
 * @param nack whether lost packets may be asked for
 * @param keyframes whether keyframes may be asked for
 */
record IngestWire(
    RtpTrack track,
    int payloadType,
    int rtxPayloadType,
    String mid,
    List<String> rids,
    int ssrc,
    int rtxSsrc,
    boolean nack,
    boolean keyframes) {}
