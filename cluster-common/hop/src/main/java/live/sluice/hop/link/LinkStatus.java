package live.sluice.hop.link;

import java.util.List;
import live.sluice.hop.media.receive.ReceiverTotals;
import live.sluice.hop.media.send.SenderTotals;
import live.sluice.hop.transport.TransportStatistics;
import live.sluice.media.NodeInfo;

/**
 * How a link does, as it told last: each second. Immutable, so that any thread may ask for it while the link's loop goes on.
 *
 * @param peer the other node
 * @param address of it
 * @param dialled whether this node dialled
 * @param standing whether it stays without streams
 * @param going whether the other node stops soon
 * @param sinceWallMs wall clock in ms when it came up
 * @param roundTripNanos smoothed; 0 before it is known
 * @param transport of the connection
 * @param sent of all flows
 * @param received of all flows
 * @param streams that cross it, either way
 */
public record LinkStatus(
    NodeInfo peer,
    String address,
    boolean dialled,
    boolean standing,
    boolean going,
    long sinceWallMs,
    long roundTripNanos,
    TransportStatistics transport,
    SenderTotals sent,
    ReceiverTotals received,
    List<StreamStatus> streams) {
  /** Keeps the list as it is now. */
  public LinkStatus {
    streams = List.copyOf(streams);
  }
}
