package live.sluice.rtc.ice;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;

/** The addresses of this machine that a player could come to. */
final class Interfaces {
  private Interfaces() {}

  /** Addresses of all interfaces that are up, as the system lists them. */
  static List<InetAddress> all() throws SocketException {
    List<InetAddress> addresses = new ArrayList<>();
    for (NetworkInterface one : Collections.list(NetworkInterface.getNetworkInterfaces())) {
      if (one.isUp()) {
        addresses.addAll(Collections.list(one.getInetAddresses()));
      }
    }
    return addresses;
  }

  /**
   * Those of {@code addresses} that are worth telling: none that is of its link alone or of a group, loopback only
   * where asked for or where there is nothing else; public ones first, and IPv4 before IPv6 of the same kind.
   */
  static List<InetAddress> usable(List<InetAddress> addresses, boolean withLoopback) {
    List<InetAddress> found = new ArrayList<>();
    List<InetAddress> loopback = new ArrayList<>();
    for (InetAddress address : addresses) {
      if (address.isLoopbackAddress()) {
        loopback.add(address);
      } else if (!address.isLinkLocalAddress() && !address.isMulticastAddress() && !address.isAnyLocalAddress()) {
        found.add(address);
      }
    }
    found.sort(Comparator.comparingInt(Interfaces::rank));
    if (withLoopback || found.isEmpty()) {
      loopback.sort(Comparator.comparingInt(Interfaces::rank));
      found.addAll(loopback);
    }
    return found;
  }

  private static int rank(InetAddress address) {
    return (isPrivate(address) ? 2 : 0) + (address instanceof Inet4Address ? 0 : 1);
  }

  /** Private networks of IPv4 (RFC 1918) and unique local addresses of IPv6 (RFC 4193, fc00::/7). */
  static boolean isPrivate(InetAddress address) {
    byte[] raw = address.getAddress();
    return address.isSiteLocalAddress() || (raw.length == 16 && (raw[0] & 0xfe) == 0xfc);
  }
}
