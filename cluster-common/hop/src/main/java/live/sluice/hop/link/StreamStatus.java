package live.sluice.hop.link;

import live.sluice.hop.control.MediaPath;
import live.sluice.media.StreamKey;

/**
 * How a stream crosses a link, as the link told last. Counts are since it began to cross; they are 0 for frames, which cross
 * reliably.
 *
 * @param inbound whether it comes to this node
 * @param session id of this node's session: the pull, or the one that serves
 * @param other id of the other node's session: the one that serves, or the one that asked
 * @param form how it crosses
 * @param layers of video that are wanted and there are, bit n for layer n
 * @param packets that came in, or left
 * @param bytes of them
 * @param lostBeforeRepair packets that did not come when they were sent first
 * @param lostAfterRepair those of them that were given up
 * @param retransmitted packets that this node sent again; 0 where it receives
 * @param dropped packets that this node left out; 0 where it receives
 * @param keyframeRequests that crossed the link, towards the publisher
 * @param lossBefore share of packets that was lost lately, 0 to 1; -1 while it is not known
 * @param lossAfter the share that was lost in the end
 * @param bitsPerSecond as it arrives; -1 while it is not known
 * @param delayMicros one-way delay with repairs, the median of the last seconds; -1 while it is not known
 */
public record StreamStatus(
    StreamKey key,
    boolean inbound,
    String session,
    String other,
    MediaPath form,
    int layers,
    long packets,
    long bytes,
    long lostBeforeRepair,
    long lostAfterRepair,
    long retransmitted,
    long dropped,
    long keyframeRequests,
    double lossBefore,
    double lossAfter,
    long bitsPerSecond,
    long delayMicros) {}
