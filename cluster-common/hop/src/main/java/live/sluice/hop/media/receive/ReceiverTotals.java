package live.sluice.hop.media.receive;

/**
 * What was received of all flows of a link, those closed included.
 *
 * @param datagrams of open flows that came
 * @param bytes of them
 * @param malformed datagrams that were none
 * @param unknown datagrams of flows that are not open
 * @param nacks datagrams that asked for packets
 * @param feedback datagrams that told what arrived
 * @param droppedFragments fragments that were given up for want of the others
 */
public record ReceiverTotals(
    long datagrams, long bytes, long malformed, long unknown, long nacks, long feedback, long droppedFragments) {}
