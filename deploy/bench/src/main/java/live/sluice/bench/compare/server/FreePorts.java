package live.sluice.bench.compare.server;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.SocketException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;
import live.sluice.bench.BenchException;

/**
 * Ports of 127.0.0.1 that nobody has. They are drawn from below the range that the kernel gives to outgoing connections,
 * so that thousands of players can't take one between its choice and its use.
 */
final class FreePorts {
  private static final int FIRST = 12_000;
  private static final int LAST = 32_000;
  private static final int TRIES = 1_000;
  private static final Set<Integer> GIVEN = new HashSet<>();

  private FreePorts() {}

  static synchronized int next() {
    for (int i = 0; i < TRIES; i++) {
      int port = ThreadLocalRandom.current().nextInt(FIRST, LAST);
      if (!GIVEN.contains(port) && isFree(port)) {
        GIVEN.add(port);
        return port;
      }
    }
    throw new BenchException("no port between " + FIRST + " and " + LAST + " is free");
  }

  /** The first of so many ports in a row, the first one even, as RTP likes them (RFC 3550, section 11). */
  static synchronized int nextOf(int count) {
    for (int i = 0; i < TRIES; i++) {
      int first = ThreadLocalRandom.current().nextInt(FIRST / 2, (LAST - count) / 2) * 2;
      List<Integer> row = IntStream.range(first, first + count).boxed().toList();
      if (row.stream().noneMatch(GIVEN::contains) && row.stream().allMatch(FreePorts::isFreeOfDatagrams)) {
        GIVEN.addAll(row);
        return first;
      }
    }
    throw new BenchException("no " + count + " ports in a row between " + FIRST + " and " + LAST + " are free");
  }

  private static boolean isFreeOfDatagrams(int port) {
    try (DatagramSocket socket = new DatagramSocket(port, InetAddress.getLoopbackAddress())) {
      return socket.isBound();
    } catch (SocketException taken) {
      return false;
    }
  }

  private static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return true;
    } catch (IOException taken) {
      return false;
    }
  }
}
