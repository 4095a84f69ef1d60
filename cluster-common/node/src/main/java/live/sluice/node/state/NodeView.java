package live.sluice.node.state;

import java.util.Collection;
import java.util.function.Supplier;
import live.sluice.media.NodeInfo;
import live.sluice.media.Sessions;
import live.sluice.media.StreamDirectory;
import live.sluice.media.StreamRegistry;
import live.sluice.media.Ticker;
import live.sluice.node.config.NodeConfig;
import live.sluice.rtc.RtcTotals;

/**
 * Everything that tells of a node. All of it may be asked from any thread.
 *
 * @param configuration the configuration as it is now: a part of it can be changed in a running node
 * @param self the node as others see it
 * @param sessions its sessions
 * @param registry its streams
 * @param directory who owns which stream in the region
 * @param loads all live nodes of the region with what they carry, this one included
 * @param state where it is in its life
 * @param rtcPort port of WebRTC media, UDP and TCP; 0 where the node does none
 * @param rtc what WebRTC does
 * @param hops how its links with other nodes do
 * @param ticker clocks
 */
public record NodeView(
    Supplier<NodeConfig> configuration,
    NodeInfo self,
    Sessions sessions,
    StreamRegistry registry,
    StreamDirectory directory,
    Supplier<Collection<NodeLoad>> loads,
    Supplier<Lifecycle> state,
    int rtcPort,
    Supplier<RtcTotals> rtc,
    HopView hops,
    Ticker ticker) {

  /** The configuration as it is now. */
  public NodeConfig config() {
    return configuration.get();
  }

  /**
   * A live node and what it carries, as it said last.
   *
   * @param info the node
   * @param streams number of streams
   * @param players number of players
   */
  public record NodeLoad(NodeInfo info, int streams, int players) {}
}
