package live.sluice.rtc.ice;

import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.UnknownHostException;
import org.jspecify.annotations.Nullable;

/**
 * An address that a node tells clients to come to: one of its own, or that of a NAT or a load balancer before it, which it
 * can't see itself.
 *
 * @param address the address
 * @param port the port; 0 for the one that the node listens on
 */
public record HostAddress(InetAddress address, int port) {
  private static final int MAX_CHARS = 300;

  /**
   * Reads {@code 203.0.113.5}, {@code 203.0.113.5:8000}, {@code 2001:db8::5}, {@code [2001:db8::5]} or {@code
   * [2001:db8::5]:8000}. No name is looked up, so that this may be asked for what a client sent.
   *
   * @return null for anything else
   */
  public static @Nullable HostAddress parse(String text) {
    String host = hostOf(text);
    if (host == null || !isLiteral(host, text.startsWith("["))) {
      return null;
    }
    InetAddress address = CandidateParser.address(host);
    return address == null ? null : of(address, text);
  }

  /**
   * The same, and a name in place of the address, which is looked up: for what stands in a configuration. Blocks.
   *
   * @return null where it is malformed or the name is unknown
   */
  public static @Nullable HostAddress resolve(String text) {
    String host = hostOf(text);
    if (host == null) {
      return null;
    }
    try {
      return of(InetAddress.getByName(host), text);
    } catch (UnknownHostException e) {
      return null;
    }
  }

  /** Whether it is an address in full: the JDK takes {@code 10.1} for one too. */
  private static boolean isLiteral(String host, boolean bracketed) {
    return NetUtil.isValidIpV6Address(host) || (!bracketed && NetUtil.isValidIpV4Address(host));
  }

  private static @Nullable HostAddress of(InetAddress address, String text) {
    int port = portOf(text);
    return port < 0 || address.isAnyLocalAddress() || address.isMulticastAddress()
        ? null
        : new HostAddress(address, port);
  }

  private static @Nullable String hostOf(String text) {
    if (text.isEmpty() || text.length() > MAX_CHARS) {
      return null;
    }
    int end = portAt(text);
    String host = end < 0 ? text : text.substring(0, end);
    if (host.startsWith("[")) {
      return host.endsWith("]") ? host.substring(1, host.length() - 1) : null;
    }
    return host.isEmpty() ? null : host;
  }

  /** Where the colon before the port stands; -1 where there is none. Without brackets, IPv6 has no port. */
  private static int portAt(String text) {
    int colon = text.lastIndexOf(':');
    boolean isPort = colon >= 0 && (text.indexOf(':') == colon || text.charAt(Math.max(0, colon - 1)) == ']');
    return isPort ? colon : -1;
  }

  /** 0 where there is none, -1 where it is no port. */
  private static int portOf(String text) {
    int colon = portAt(text);
    if (colon < 0) {
      return 0;
    }
    int port = (int) CandidateParser.number(text.substring(colon + 1), 0xffff);
    return port == 0 ? -1 : port;
  }
}
