package live.sluice.hop.media.send;

/**
 * What was sent of all flows of a link, those closed included.
 *
 * @param packets RTP packets that left
 * @param bytes of datagrams, those sent again included
 * @param retransmitted datagrams that were sent again, as they were lost
 * @param soundCopies datagrams of sound that were sent twice, lost or not
 * @param refused datagrams that the transport dropped at once
 * @param droppedAudio datagrams of sound that the transport dropped at once: the scheduler leaves none out
 * @param droppedRetransmissions datagrams that were asked for, and too old once there was room
 * @param droppedKeyframes packets of keyframes that were left out
 * @param droppedRest other packets that were left out
 * @param estimateBitsPerSecond what the path is thought to carry
 * @param arrivingBitsPerSecond what the other side receives
 * @param congested whether packets wait for room
 * @param lossBeforeRepair share of packets, 0 to 1, that the path lost lately
 * @param queueingNanos by how much the path's one-way delay is above its least
 * @param waitingBytes what waits for room
 */
public record SenderTotals(
    long packets,
    long bytes,
    long retransmitted,
    long soundCopies,
    long refused,
    long droppedAudio,
    long droppedRetransmissions,
    long droppedKeyframes,
    long droppedRest,
    long estimateBitsPerSecond,
    long arrivingBitsPerSecond,
    boolean congested,
    double lossBeforeRepair,
    long queueingNanos,
    long waitingBytes) {}
