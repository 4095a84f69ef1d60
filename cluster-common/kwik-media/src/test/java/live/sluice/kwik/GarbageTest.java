package live.sluice.kwik;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** Packets of strangers at the port of a server, while a connection is in use. */
class GarbageTest {
  private static final int STRANGE = 3000;
  private static final int TOTAL = 1000;

  @Test
  void aConnectionDoesNotNoticeThem() throws Exception {
    AtomicInteger received = new AtomicInteger();
    try (DatagramSocket socket = QuicSockets.open(Pair.anyPort());
        DatagramSocket stranger = new DatagramSocket();
        Pair pair = new Pair(socket, (it, data) -> received.incrementAndGet(), (stream, bytes) -> {})) {
      MediaQueue queue = MediaQueue.of(pair.client);
      Random random = new Random(1);
      for (int i = 0; i < TOTAL; i++) {
        for (int j = 0; j < STRANGE / TOTAL; j++) {
          byte[] packet = strange(random, i + j);
          stranger.send(
              new DatagramPacket(
                  packet, packet.length, InetAddress.getLoopbackAddress(), socket.getLocalPort()));
        }
        queue.offer(new byte[1000]);
        queue.flush();
        LockSupport.parkNanos(1_000_000);
      }
      long end = System.nanoTime() + 3_000_000_000L;
      while (received.get() < TOTAL && System.nanoTime() < end) {
        LockSupport.parkNanos(1_000_000);
      }
      // A datagram may be lost while the machine lends its cores to others: the kernel keeps a few ms of them.
      assertThat(received.get()).isGreaterThan(TOTAL * 99 / 100);
      assertThat(((GsoSocket) socket).refusedInitials()).isPositive();
    }
  }

  /** Noise, or what begins as a client that asks for a connection does. */
  private static byte[] strange(Random random, int number) {
    byte[] packet = new byte[1200];
    random.nextBytes(packet);
    if (number % 2 == 0) {
      ByteBuffer.wrap(packet).put((byte) 0xc3).putInt(1).put((byte) 8).putLong(random.nextLong()).put((byte) 8);
    }
    return packet;
  }
}
