package live.sluice.hop.media.receive;

/**
 * What was received of one flow. All counts are of datagrams, of which an RTP packet that is larger than one has several.
 *
 * @param received datagrams that came, each counted once
 * @param bytes of them, headers included
 * @param lostBeforeRepair those that did not come when they were sent first
 * @param repaired those of them that came when they were sent again
 * @param lostAfterRepair those of them that were given up
 * @param missing those of them that may still come
 * @param duplicates datagrams that came more than once, or so late that it is not known
 * @param late those that came after their deadline; they were handed on
 * @param reordered those that others overtook
 * @param bitsPerSecond over the last second
 * @param delayP50Nanos one-way delay above the link's least, repairs included: the median of the last seconds
 * @param delayP99Nanos the same, of which 1 % was higher
 * @param leastDelayNanos the link's least one-way delay; -1 where {@link MediaReceiver#setClockOffset} was not called
 */
public record ReceivedStatistics(
    long received,
    long bytes,
    long lostBeforeRepair,
    long repaired,
    long lostAfterRepair,
    long missing,
    long duplicates,
    long late,
    long reordered,
    long bitsPerSecond,
    long delayP50Nanos,
    long delayP99Nanos,
    long leastDelayNanos) {}
