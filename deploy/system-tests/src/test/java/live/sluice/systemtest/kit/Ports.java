package live.sluice.systemtest.kit;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Ports that nobody has. They are drawn from below the range that the kernel gives to outgoing connections, so that a
 * port stays free between the choice and its use, and across the restart of a node.
 */
public final class Ports {

  private static final int FIRST = 12_000;
  private static final int LAST = 32_000;
  private static final Set<Integer> GIVEN = new HashSet<>();

  private Ports() {}

  /** A port of 127.0.0.1 that TCP and UDP had free a moment ago; it is given once per run. */
  public static synchronized int free() {
    for (int tries = 0; tries < 1000; tries++) {
      int port = ThreadLocalRandom.current().nextInt(FIRST, LAST);
      if (!GIVEN.contains(port) && bindable(port)) {
        GIVEN.add(port);
        return port;
      }
    }
    throw new IllegalStateException("no free port between " + FIRST + " and " + LAST);
  }

  private static boolean bindable(int port) {
    InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    try (ServerSocket socket = new ServerSocket(); DatagramSocket datagrams = new DatagramSocket(address)) {
      socket.setReuseAddress(true);
      socket.bind(address);
      return datagrams.isBound();
    } catch (IOException e) {
      return false;
    }
  }
}
