package live.sluice.launcher;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;

/** Addresses to listen on, and to be reached at. */
final class Addresses {
  private Addresses() {}

  /** Returns the address at which a listener on {@code host} is reached from this machine. */
  static String reachable(String host) {
    return host.equals("0.0.0.0") || host.equals("::") ? "127.0.0.1" : host;
  }

  /** Returns those ports that something listens on already. */
  static List<Integer> taken(String host, List<Integer> ports) {
    List<Integer> taken = new ArrayList<>();
    for (int port : ports) {
      try (ServerSocket socket = new ServerSocket()) {
        socket.setReuseAddress(true);
        socket.bind(new InetSocketAddress(InetAddress.getByName(host), port));
      } catch (IOException e) {
        taken.add(port);
      }
    }
    return taken;
  }

  /** Returns those UDP ports that somebody has already. */
  static List<Integer> takenByUdp(String host, List<Integer> ports) {
    List<Integer> taken = new ArrayList<>();
    for (int port : ports) {
      try (DatagramSocket socket = new DatagramSocket(new InetSocketAddress(InetAddress.getByName(host), port))) {
        socket.getLocalPort();
      } catch (IOException e) {
        taken.add(port);
      }
    }
    return taken;
  }
}
