package live.sluice.rtc.ice;

import java.net.InetSocketAddress;

/**
 * A way to a peer.
 *
 * @param remote the peer's address as seen here
 * @param tcp whether by TCP, from where its connection comes; else by UDP
 */
public record IcePath(InetSocketAddress remote, boolean tcp) {
  @Override
  public String toString() {
    return (tcp ? "tcp " : "udp ") + remote.getAddress().getHostAddress() + " " + remote.getPort();
  }
}
