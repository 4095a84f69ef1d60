package live.sluice.line;

/**
 * What became of the packets of one direction since the line began.
 *
 * @param packets that came out at the other end
 * @param bytes of those, from the IP header on
 * @param lost that were lost at random
 * @param queueDrops that found the queue before the rate full
 * @param cutDrops that came while the way was cut
 */
public record LinkCounters(long packets, long bytes, long lost, long queueDrops, long cutDrops) {}
