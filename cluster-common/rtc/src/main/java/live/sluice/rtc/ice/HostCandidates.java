package live.sluice.rtc.ice;

import java.net.InetAddress;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;
import live.sluice.media.ErrorCode;
import live.sluice.media.SluiceException;
import org.jspecify.annotations.Nullable;

/**
 * Where a node tells players to come to: its own addresses, or those that its operator named because the node stands
 * behind a NAT or in a container. Immutable.
 */
public final class HostCandidates {
  /** More addresses than this only make checks slower; a machine may have hundreds. */
  private static final int MAX_ADDRESSES = 8;

  private final List<HostAddress> addresses;
  private final boolean ofOperator;
  private final int udpPort;
  private final int tcpPort;

  private HostCandidates(List<HostAddress> addresses, boolean ofOperator, int udpPort, int tcpPort) {
    this.addresses = List.copyOf(addresses.subList(0, Math.min(addresses.size(), MAX_ADDRESSES)));
    this.ofOperator = ofOperator;
    this.udpPort = udpPort;
    this.tcpPort = tcpPort;
  }

  /**
   * Those that the configuration names.
   *
   * @param texts addresses or names, each with a port or without
   * @param udpPort where the node listens by UDP
   * @param tcpPort where it listens by TCP; 0 for nowhere
   * @throws SluiceException CONFIG_INVALID where one can't be read or is not known
   */
  public static HostCandidates configured(List<String> texts, int udpPort, int tcpPort) {
    List<HostAddress> addresses = new ArrayList<>(texts.size());
    for (String text : texts) {
      HostAddress address = HostAddress.resolve(text);
      if (address == null) {
        throw new SluiceException(
            ErrorCode.CONFIG_INVALID, "candidate '" + text + "' is no address, nor a name that can be looked up");
      }
      addresses.add(address);
    }
    return new HostCandidates(addresses, true, udpPort, tcpPort);
  }

  /**
   * Those of the machine's interfaces; looked up now, not again.
   *
   * @param withLoopback whether to tell loopback even where there are others
   * @throws SluiceException LISTEN_FAILED where the system does not tell them
   */
  public static HostCandidates ofInterfaces(boolean withLoopback, int udpPort, int tcpPort) {
    try {
      return of(Interfaces.usable(Interfaces.all(), withLoopback), udpPort, tcpPort);
    } catch (SocketException e) {
      throw new SluiceException(ErrorCode.LISTEN_FAILED, "could not list the machine's addresses", e);
    }
  }

  /**
   * Those at which a node listens: the address itself, where it is that of one interface, else all of the machine's.
   *
   * @param listen where its sockets are bound
   * @param withLoopback whether to tell loopback even where there are others
   * @throws SluiceException LISTEN_FAILED where the system does not tell them
   */
  public static HostCandidates listeningOn(InetAddress listen, boolean withLoopback, int udpPort, int tcpPort) {
    return listen.isAnyLocalAddress()
        ? ofInterfaces(withLoopback, udpPort, tcpPort)
        : of(List.of(listen), udpPort, tcpPort);
  }

  static HostCandidates of(List<InetAddress> addresses, int udpPort, int tcpPort) {
    List<HostAddress> found = new ArrayList<>(addresses.size());
    for (InetAddress address : addresses) {
      found.add(new HostAddress(address, 0));
    }
    return new HostCandidates(found, false, udpPort, tcpPort);
  }

  /** The same node told by one address alone, which a client asked for ({@code ?eip=}). */
  public HostCandidates only(HostAddress address) {
    return new HostCandidates(List.of(address), true, udpPort, tcpPort);
  }

  /** What stands in an answer: by UDP first, and by TCP where the node listens. */
  public List<Candidate> candidates() {
    List<Candidate> candidates = new ArrayList<>(2 * addresses.size());
    for (int i = 0; i < addresses.size(); i++) {
      HostAddress one = addresses.get(i);
      candidates.add(Candidate.host(one.address(), one.port() == 0 ? udpPort : one.port(), false, i));
    }
    for (int i = 0; i < addresses.size() && tcpPort != 0; i++) {
      HostAddress one = addresses.get(i);
      candidates.add(Candidate.host(one.address(), one.port() == 0 ? tcpPort : one.port(), true, i));
    }
    return candidates;
  }

  /**
   * Why a client at {@code client} can reach none of them by design; null where it may.
   *
   * @param client from where its HTTP request came
   */
  public @Nullable String unreachableFrom(InetAddress client) {
    if (addresses.isEmpty()) {
      return "this node has no address to be reached at for WebRTC: name one in rtc.candidates";
    }
    boolean allLoopback = true;
    boolean allPrivate = true;
    for (HostAddress one : addresses) {
      allLoopback &= one.address().isLoopbackAddress();
      allPrivate &= one.address().isLoopbackAddress() || Interfaces.isPrivate(one.address());
    }
    // A private client of a private node may be on another network, but that can't be told from here; and what the
    // operator named is the operator's word: in a container even a client of the same machine comes from another address.
    boolean outside = !client.isLoopbackAddress() && !client.isLinkLocalAddress() && !Interfaces.isPrivate(client);
    if (allLoopback && !client.isLoopbackAddress() && !ofOperator) {
      return "this node can be reached for WebRTC from its own machine only: name its address in rtc.candidates";
    }
    if (allPrivate && outside && !ofOperator) {
      return "this node knows only private addresses of itself, which "
          + client.getHostAddress()
          + " can't reach: name its public address in rtc.candidates";
    }
    return null;
  }
}
