package live.sluice.hop.media.send;

/**
 * What was sent of one flow.
 *
 * @param packets RTP packets that left
 * @param bytes of datagrams, those sent again included
 * @param retransmitted datagrams that were sent again
 * @param dropped RTP packets that were left out
 * @param leftOut whether pictures are being left out now
 * @param offeredBitsPerSecond what was to be sent during the last second
 */
public record SentStatistics(
    long packets, long bytes, long retransmitted, long dropped, boolean leftOut, long offeredBitsPerSecond) {}
