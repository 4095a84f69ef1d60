package live.sluice.rtc;

import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import live.sluice.media.ErrorCode;
import live.sluice.media.SluiceException;
import live.sluice.media.Ticker;
import live.sluice.rtc.ice.Candidate;
import live.sluice.rtc.ice.HostAddress;
import live.sluice.rtc.ice.HostCandidates;
import live.sluice.rtc.whip.RtcRequest;
import org.jspecify.annotations.Nullable;

/**
 * The addresses that answers tell: those of the request, those of the configuration, or those at which the node
 * listens; the machine's interfaces are looked up anew now and then. Thread-safe.
 */
final class Candidates {
  private static final long FRESH_MS = 10_000;

  private final List<String> configured;
  private final String listen;
  private final Ticker ticker;
  private int udpPort;
  private int tcpPort;
  private long lookedUpMs;
  private @Nullable HostCandidates outer;
  private @Nullable HostCandidates withLoopback;

  Candidates(List<String> configured, String listen, Ticker ticker) {
    this.configured = configured;
    this.listen = listen;
    this.ticker = ticker;
  }

  synchronized void listening(int udp, int tcp) {
    udpPort = udp;
    tcpPort = tcp;
    outer = null;
    withLoopback = null;
  }

  /** What is told to a client that was not looked at. */
  List<Candidate> last() {
    return known(true).candidates();
  }

  /**
   * What the answer to a request tells.
   *
   * @throws SluiceException NO_CANDIDATE where none of them can be reached from there by design
   */
  List<Candidate> of(RtcRequest request) {
    InetAddress local = literal(request.client().local());
    HostCandidates known = known(local != null && local.isLoopbackAddress());
    List<Candidate> asked = new ArrayList<>();
    for (HostAddress announced : request.externalAddresses()) {
      asked.addAll(known.only(announced).candidates());
    }
    if (!asked.isEmpty()) {
      return asked;
    }
    InetAddress client = literal(hostOf(request.client().remote()));
    String why = client == null ? null : known.unreachableFrom(client);
    if (why != null) {
      throw new SluiceException(ErrorCode.NO_CANDIDATE, why);
    }
    return known.candidates();
  }

  private synchronized HostCandidates known(boolean loopback) {
    if (ticker.millis() - lookedUpMs > FRESH_MS) {
      outer = null;
      withLoopback = null;
      lookedUpMs = ticker.millis();
    }
    HostCandidates known = loopback ? withLoopback : outer;
    if (known == null) {
      known =
          configured.isEmpty()
              ? HostCandidates.listeningOn(listened(), loopback, udpPort, tcpPort)
              : HostCandidates.configured(configured, udpPort, tcpPort);
      if (loopback) {
        withLoopback = known;
      } else {
        outer = known;
      }
    }
    return known;
  }

  /** The sockets are bound there already, so that it is known. */
  private InetAddress listened() {
    try {
      return InetAddress.getByName(listen);
    } catch (UnknownHostException e) {
      throw new SluiceException(ErrorCode.NO_CANDIDATE, "rtc.listen: the address of " + listen + " is not known", e);
    }
  }

  /** The address without its port, and without brackets. */
  private static String hostOf(String remote) {
    int colon = remote.lastIndexOf(':');
    String host = colon < 0 ? remote : remote.substring(0, colon);
    return host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
  }

  /** No name is looked up. */
  private static @Nullable InetAddress literal(String text) {
    byte[] bytes = NetUtil.createByteArrayFromIpAddressString(text);
    try {
      return bytes == null ? null : InetAddress.getByAddress(bytes);
    } catch (UnknownHostException e) {
      return null;
    }
  }
}
