package live.sluice.bench.quic;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** A way from a client to a server that takes time and loses packets; none at all where it does neither. */
final class Relay implements AutoCloseable {
  private static final int BUFFER = 4 << 20;
  private static final int PACKET = 2048;

  private record Held(byte[] data, long dueNanos) {}

  private final int serverPort;
  private final long delayNanos;
  private final double loss;
  private final @Nullable DatagramSocket near;
  private final @Nullable DatagramSocket far;
  private volatile @Nullable SocketAddress client;

  Relay(int serverPort, int delayMs, double loss) throws IOException {
    this.serverPort = serverPort;
    this.delayNanos = delayMs * 1_000_000L;
    this.loss = loss;
    if (delayMs == 0 && loss == 0) {
      near = null;
      far = null;
      return;
    }
    DatagramSocket toClient = socket();
    DatagramSocket toServer = socket();
    near = toClient;
    far = toServer;
    direction(toClient, toServer, true);
    direction(toServer, toClient, false);
  }

  private static DatagramSocket socket() throws IOException {
    DatagramSocket socket = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    socket.setReceiveBufferSize(BUFFER);
    socket.setSendBufferSize(BUFFER);
    return socket;
  }

  int port() {
    DatagramSocket socket = near;
    return socket == null ? serverPort : socket.getLocalPort();
  }

  private void direction(DatagramSocket from, DatagramSocket to, boolean toServer) {
    BlockingQueue<Held> held = new LinkedBlockingQueue<>();
    Thread.ofPlatform().daemon().start(() -> take(from, held, toServer));
    Thread.ofPlatform().daemon().start(() -> pass(held, to, toServer));
  }

  private void take(DatagramSocket from, BlockingQueue<Held> held, boolean toServer) {
    Random dice = new Random(toServer ? 1 : 2);
    try {
      while (true) {
        DatagramPacket packet = new DatagramPacket(new byte[PACKET], PACKET);
        from.receive(packet);
        if (toServer) {
          client = packet.getSocketAddress();
        }
        if (dice.nextDouble() >= loss) {
          byte[] data = java.util.Arrays.copyOf(packet.getData(), packet.getLength());
          held.add(new Held(data, System.nanoTime() + delayNanos));
        }
      }
    } catch (IOException e) {
      // It was closed.
    }
  }

  private void pass(BlockingQueue<Held> held, DatagramSocket to, boolean toServer) {
    InetSocketAddress server = new InetSocketAddress(InetAddress.getLoopbackAddress(), serverPort);
    try {
      while (true) {
        Held next = held.take();
        for (long left = next.dueNanos - System.nanoTime(); left > 0; left = next.dueNanos - System.nanoTime()) {
          LockSupport.parkNanos(left);
        }
        to.send(new DatagramPacket(next.data, next.data.length, toServer ? server : client));
      }
    } catch (IOException | InterruptedException e) {
      // It was closed.
    }
  }

  @Override
  public void close() {
    for (DatagramSocket socket : new DatagramSocket[] {near, far}) {
      if (socket != null) {
        socket.close();
      }
    }
  }
}
