package live.sluice.hop.transport;

/**
 * How a connection does.
 *
 * @param roundTripMillis smoothed round trip, in ms
 * @param sentPackets packets of the transport since the beginning
 * @param lostPackets those of them that are taken for lost
 * @param droppedDatagrams datagrams that never left since the beginning
 * @param waitingDatagrams datagrams that wait for the congestion window
 * @param window congestion window, in bytes
 * @param inFlight bytes under way
 */
public record TransportStatistics(
    int roundTripMillis,
    long sentPackets,
    long lostPackets,
    long droppedDatagrams,
    int waitingDatagrams,
    long window,
    long inFlight) {}
