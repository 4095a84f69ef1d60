package live.sluice.rtc;

/**
 * What WebRTC did on a node since it started, and what it is at.
 *
 * @param peers peers there are
 * @param handshakes DTLS handshakes under way
 * @param handshakesWaiting DTLS handshakes that wait for their turn; an estimate
 * @param receivedDatagrams datagrams that came, and packets by TCP
 * @param strangers those among them that were dropped: no check, and from an address that proved nothing
 * @param unauthenticated those among them that SRTP could not take: forged, damaged or replayed
 * @param sentDatagrams datagrams sent, and packets by TCP
 * @param singles messages handed to the system that were one datagram each
 * @param trains messages handed to the system that were several datagrams each, which it cut (GSO)
 * @param resentPackets packets sent once more for players that lost them
 * @param socketErrors errors that the system told of a UDP socket
 * @param overrun datagrams that were dropped since the loop of their peer was too far behind
 * @param unsentByUdp datagrams that were dropped since the system took no more of a UDP socket
 * @param unsentByTcp packets that were dropped since their peer reads too slowly
 * @param connections TCP connections there are
 * @param refusedConnections TCP connections that were refused since there were too many
 */
public record RtcTotals(
    int peers,
    int handshakes,
    int handshakesWaiting,
    long receivedDatagrams,
    long strangers,
    long unauthenticated,
    long sentDatagrams,
    long singles,
    long trains,
    long resentPackets,
    long socketErrors,
    long overrun,
    long unsentByUdp,
    long unsentByTcp,
    int connections,
    long refusedConnections) {

  /** Of a node that does no WebRTC. */
  public static final RtcTotals NONE = new RtcTotals(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
}
