package live.sluice.rtc.ice;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An address to reach a peer at, as SDP has it; RFC 8839, section 5.1. Of component 1 always, since RTCP comes with
 * RTP.
 *
 * @param foundation what candidates of one kind and address have in common
 * @param tcp whether by TCP, where the peer connects and we listen (RFC 6544: passive); else by UDP
 * @param priority the greater the better, 1 to 2^31-1
 * @param address the address, never a name
 * @param port the port
 */
public record Candidate(String foundation, boolean tcp, long priority, InetAddress address, int port) {
  /** RFC 8445, section 5.1.2.2: a host's own address. */
  private static final int UDP_TYPE_PREFERENCE = 126;

  /** Below every candidate by UDP: media by TCP waits for what was lost. */
  private static final int TCP_TYPE_PREFERENCE = 90;

  /** RFC 6544, section 4.2: the preference of passive among the ways of TCP, above 13 bits for addresses. */
  private static final int PASSIVE_PREFERENCE = 4 << 13;

  private static final int COMPONENT = 1;

  /**
   * A candidate of this host.
   *
   * @param index its place among the addresses, from 0, the most preferred
   */
  public static Candidate host(InetAddress address, int port, boolean tcp, int index) {
    int type = tcp ? TCP_TYPE_PREFERENCE : UDP_TYPE_PREFERENCE;
    int local = tcp ? PASSIVE_PREFERENCE | (0x1fff - Math.min(index, 0x1fff)) : 0xffff - Math.min(index, 0xffff);
    long priority = ((long) type << 24) | ((long) local << 8) | (256 - COMPONENT);
    return new Candidate(Integer.toString(2 * index + (tcp ? 2 : 1)), tcp, priority, address, port);
  }

  /** The value of {@code a=candidate}, with that word and without {@code a=}. */
  public String toSdp() {
    return "candidate:"
        + foundation
        + " "
        + COMPONENT
        + (tcp ? " tcp " : " udp ")
        + priority
        + " "
        + text(address)
        + " "
        + port
        + " typ host"
        + (tcp ? " tcptype passive" : "");
  }

  /** The same for each. */
  public static List<String> toSdp(List<Candidate> candidates) {
    List<String> texts = new ArrayList<>(candidates.size());
    for (Candidate candidate : candidates) {
      texts.add(candidate.toSdp());
    }
    return texts;
  }

  /**
   * Reads what {@link #toSdp()} writes, or what a peer wrote, with or without {@code a=} before it. No name is looked up.
   *
   * @return null where it is malformed, a name, or nothing that can be sent to: a component but the first, TCP but
   *     passive
   */
  public static @Nullable Candidate parse(String text) {
    return CandidateParser.parse(text);
  }

  /** Without the zone that Java puts behind IPv6 addresses of a link. */
  private static String text(InetAddress address) {
    String text = address.getHostAddress();
    int zone = address instanceof Inet6Address ? text.indexOf('%') : -1;
    return zone < 0 ? text : text.substring(0, zone);
  }
}
