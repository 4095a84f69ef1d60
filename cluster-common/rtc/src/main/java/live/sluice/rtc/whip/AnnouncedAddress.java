package live.sluice.rtc.whip;

import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An address that a node is told to announce as its candidate, since it can't see it itself: that of a NAT or a load
 * balancer before it.
 *
 * @param address an address of one host
 * @param port 0: the port that the node listens on
 */
public record AnnouncedAddress(InetAddress address, int port) {

  /**
   * Reads {@code 192.0.2.1}, {@code 192.0.2.1:8000}, {@code 2001:db8::1} or {@code [2001:db8::1]:8000}. Names are not
   * looked up.
   *
   * @return null for whatever is no such text, or no address that one host can have
   */
  public static @Nullable AnnouncedAddress parse(String text) {
    String host = text;
    int port = 0;
    int colon = text.lastIndexOf(':');
    boolean bracketed = text.startsWith("[") && (text.endsWith("]") || text.charAt(Math.max(0, colon - 1)) == ']');
    if (bracketed ? !text.endsWith("]") : colon >= 0 && colon == text.indexOf(':')) {
      port = port(text.substring(colon + 1));
      host = text.substring(0, colon);
    }
    if (bracketed) {
      host = host.substring(1, host.length() - 1);
    }
    boolean known = bracketed ? NetUtil.isValidIpV6Address(host) : isAddress(host);
    if (port < 0 || !known || host.indexOf('%') >= 0) {
      return null;
    }
    InetAddress address = Objects.requireNonNull(NetUtil.createInetAddressFromIpAddressString(host));
    return address.isAnyLocalAddress() || address.isMulticastAddress() ? null : new AnnouncedAddress(address, port);
  }

  private static boolean isAddress(String host) {
    return NetUtil.isValidIpV4Address(host) || NetUtil.isValidIpV6Address(host);
  }

  /** From 1 to 65535; -1 for anything else. */
  private static int port(String text) {
    if (!text.matches("[0-9]{1,5}")) {
      return -1;
    }
    int port = Integer.parseInt(text);
    return port < 1 || port > 65_535 ? -1 : port;
  }
}
