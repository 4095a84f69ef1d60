package live.sluice.node;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import live.sluice.media.ErrorCode;
import live.sluice.media.NodeInfo;
import live.sluice.media.SluiceException;
import live.sluice.media.Ticker;
import live.sluice.node.config.HopSection;
import live.sluice.node.config.NodeConfig;

/** Who a node is: what its configuration says, and what the machine says where it is silent. */
final class Identity {
  private Identity() {}

  static NodeInfo of(NodeConfig config, NodeInfo.Role role, Ticker ticker) {
    Set<Integer> taken = tlsPorts(config);
    taken.add(config.rtc().port());
    String host = config.node().host().isEmpty() ? firstAddress() : config.node().host();
    return new NodeInfo(
        config.node().name().isEmpty() ? hostName() : config.node().name(),
        ticker.wallMillis(),
        role,
        config.node().region(),
        host,
        FreePort.tcp(config.rtmp().listen(), config.rtmp().port(), taken),
        FreePort.tcp(config.http().listen(), config.http().port(), taken),
        FreePort.tcp(config.api().listen(), config.api().port(), taken),
        hopPort(config, host, taken));
  }

  /**
   * The port that hops to this node are made to; 0 where none can be: without certificates a hop listens on loopback
   * only, and others that were told of it would try in vain before they take another way.
   */
  private static int hopPort(NodeConfig config, String host, Set<Integer> taken) {
    HopSection hop = config.hop();
    String listen = Wiring.hopListen(config);
    if (!hop.enabled() || !config.rtc().enabled() || (isLoopback(listen) && !isLoopback(host))) {
      return 0;
    }
    return FreePort.udp(listen, hop.port(), taken);
  }

  private static boolean isLoopback(String host) {
    try {
      return InetAddress.getByName(host).isLoopbackAddress();
    } catch (UnknownHostException e) {
      return false;
    }
  }

  private static Set<Integer> tlsPorts(NodeConfig config) {
    return new HashSet<>(List.of(config.rtmp().tlsPort(), config.http().tlsPort(), config.api().tlsPort()));
  }

  /** The port of WebRTC, which other nodes are not told: clients learn it from each answer. */
  static int rtcPort(NodeConfig config, NodeInfo self) {
    Set<Integer> taken = tlsPorts(config);
    taken.addAll(List.of(self.rtmpPort(), self.httpPort(), self.apiPort(), self.hopPort()));
    return FreePort.tcpAndUdp(config.rtc().listen(), config.rtc().port(), taken);
  }

  /** Tells what is wrong with the cluster's part, without starting anything. */
  static void check(NodeConfig config, NodeInfo.Role role) {
    Wiring.clusterSettings(config, of(config, role, Ticker.SYSTEM));
  }

  private static String hostName() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      throw new SluiceException(
          ErrorCode.CONFIG_INVALID, "this machine's host name can't be told; set node.name", e);
    }
  }

  /** The first IPv4 address that is not loopback; where there is none, this machine is all there is. */
  private static String firstAddress() {
    try {
      for (NetworkInterface card : Collections.list(NetworkInterface.getNetworkInterfaces())) {
        for (InetAddress address : Collections.list(card.getInetAddresses())) {
          if (card.isUp() && address instanceof Inet4Address && !address.isLoopbackAddress()) {
            return address.getHostAddress();
          }
        }
      }
    } catch (SocketException e) {
      throw new SluiceException(
          ErrorCode.CONFIG_INVALID, "this machine's addresses can't be told; set node.host", e);
    }
    return "127.0.0.1";
  }
}
