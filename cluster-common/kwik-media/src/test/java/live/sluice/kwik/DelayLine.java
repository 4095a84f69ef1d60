package live.sluice.kwik;

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

/** Stands between a client and a server of UDP, and passes packets on late, or not at all. */
final class DelayLine implements AutoCloseable {
  private record Held(byte[] data, long dueNanos) {}

  private final DatagramSocket near;
  private final DatagramSocket far;
  private final InetSocketAddress server;
  private final long delayNanos;
  private final double loss;
  private volatile SocketAddress client;
  private volatile boolean closed;

  DelayLine(int serverPort, long delayMillis, double loss) throws IOException {
    near = new DatagramSocket(Pair.anyPort());
    far = new DatagramSocket(Pair.anyPort());
    near.setReceiveBufferSize(4 << 20);
    far.setReceiveBufferSize(4 << 20);
    server = new InetSocketAddress(InetAddress.getLoopbackAddress(), serverPort);
    delayNanos = delayMillis * 1_000_000;
    this.loss = loss;
    direction(near, far, true);
    direction(far, near, false);
  }

  int port() {
    return near.getLocalPort();
  }

  private void direction(DatagramSocket from, DatagramSocket to, boolean toServer) {
    BlockingQueue<Held> held = new LinkedBlockingQueue<>();
    Random dice = new Random(toServer ? 1 : 2);
    Thread.ofPlatform()
        .daemon()
        .start(
            () -> {
              try {
                while (!closed) {
                  DatagramPacket packet = new DatagramPacket(new byte[2000], 2000);
                  from.receive(packet);
                  if (toServer) {
                    client = packet.getSocketAddress();
                  }
                  if (dice.nextDouble() >= loss) {
                    byte[] data = new byte[packet.getLength()];
                    System.arraycopy(packet.getData(), 0, data, 0, data.length);
                    held.add(new Held(data, System.nanoTime() + delayNanos));
                  }
                }
              } catch (IOException e) {
                // Closed.
              }
            });
    Thread.ofPlatform()
        .daemon()
        .start(
            () -> {
              try {
                while (!closed) {
                  Held next = held.take();
                  for (long left = next.dueNanos - System.nanoTime(); left > 0; ) {
                    LockSupport.parkNanos(left);
                    left = next.dueNanos - System.nanoTime();
                  }
                  to.send(new DatagramPacket(next.data, next.data.length, toServer ? server : client));
                }
              } catch (IOException | InterruptedException e) {
                // Closed.
              }
            });
  }

  @Override
  public void close() {
    closed = true;
    near.close();
    far.close();
  }
}
