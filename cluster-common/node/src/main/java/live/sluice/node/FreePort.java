package live.sluice.node;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.SocketException;
import java.util.Set;
import live.sluice.media.ErrorCode;
import live.sluice.media.SluiceException;

/** Chooses ports for those that are configured as 0: others are told them before they are open. */
final class FreePort {
  private static final int TRIES = 100;

  private FreePort() {}

  /**
   * The port, or for 0 a free one of TCP that is not among {@code taken}, where it is noted.
   *
   * @throws SluiceException {@link ErrorCode#LISTEN_FAILED}
   */
  static int tcp(String listen, int port, Set<Integer> taken) {
    int found = port;
    // Two of the node's own listeners on one port is no error everywhere: Vert.x lets its servers share it.
    while (found == 0 || (port == 0 && !taken.add(found))) {
      try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getByName(listen))) {
        found = probe.getLocalPort();
      } catch (IOException e) {
        throw none(listen, e);
      }
    }
    return found;
  }

  /** The same for a port of UDP. */
  static int udp(String listen, int port, Set<Integer> taken) {
    int found = port;
    while (found == 0 || (port == 0 && !taken.add(found))) {
      try (DatagramSocket probe = new DatagramSocket(new InetSocketAddress(listen, 0))) {
        found = probe.getLocalPort();
      } catch (SocketException e) {
        throw none(listen, e);
      }
    }
    return found;
  }

  /** The same for a port that is free of UDP too. */
  static int tcpAndUdp(String listen, int port, Set<Integer> taken) {
    if (port != 0) {
      return port;
    }
    IOException last = new SocketException("no port is free of both");
    for (int i = 0; i < TRIES; i++) {
      int found = tcp(listen, 0, taken);
      try (DatagramSocket probe = new DatagramSocket(new InetSocketAddress(listen, found))) {
        return probe.getLocalPort();
      } catch (SocketException e) {
        last = e;
      }
    }
    throw none(listen, last);
  }

  private static SluiceException none(String listen, IOException e) {
    return new SluiceException(ErrorCode.LISTEN_FAILED, "no free port can be had on " + listen, e);
  }
}
