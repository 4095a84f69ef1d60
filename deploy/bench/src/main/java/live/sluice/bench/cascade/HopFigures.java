package live.sluice.bench.cascade;

import java.util.Map;

/**
 * What a node told of its links with another one, over a cell.
 *
 * @param node who tells
 * @param peer the other one
 * @param sent packets to it, and {@code resent} those of them that were sent again
 * @param received packets from it
 * @param asked datagrams by which the other one asked for packets again
 * @param lostBefore packets from it that did not come at first, {@code lostAfter} those that were given up
 * @param dropped packets to it that were left out, by class
 * @param leastEstimateKbps the least that the way was thought to carry
 * @param worstLossPercent the greatest loss that was told, before repair
 * @param roundTripMs as told last
 */
record HopFigures(
    String node,
    String peer,
    long sent,
    long resent,
    long received,
    long asked,
    long lostBefore,
    long lostAfter,
    Map<String, Long> dropped,
    long leastEstimateKbps,
    double worstLossPercent,
    double roundTripMs) {

  /** Packets that were left out, of whatever class. */
  long droppedInAll() {
    return dropped.values().stream().mapToLong(Long::longValue).sum();
  }
}
