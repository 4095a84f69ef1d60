package live.sluice.kwik;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.DatagramSocket;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** Datagrams through a whole connection, at rates that code which has just been loaded can bear. */
class DatagramsTest {
  private static final int PER_SECOND = 500;
  private static final int TOTAL = 2 * PER_SECOND;

  private final AtomicInteger received = new AtomicInteger();
  private final AtomicInteger outOfOrder = new AtomicInteger();
  private final AtomicInteger last = new AtomicInteger(-1);

  @Test
  void allOfThemArriveInOrderThroughSocketsThatSegment() throws Exception {
    try (DatagramSocket socket = QuicSockets.open(Pair.anyPort())) {
      assertThat(socket).isInstanceOf(GsoSocket.class);
      assertThat(((GsoSocket) socket).segments()).isTrue();
      try (Pair pair = pair(socket, socket.getLocalPort())) {
        send(pair);
        assertThat(received.get()).isEqualTo(TOTAL);
        assertThat(outOfOrder.get()).isZero();
      }
    }
  }

  @Test
  void allOfThemArriveThroughPlainSockets() throws Exception {
    try (DatagramSocket socket = QuicSockets.plain(Pair.anyPort());
        Pair pair = pair(socket, socket.getLocalPort())) {
      send(pair);
      assertThat(received.get()).isEqualTo(TOTAL);
    }
  }

  @Test
  void allOfThemArriveFarAway() throws Exception {
    try (DatagramSocket socket = QuicSockets.open(Pair.anyPort());
        DelayLine line = new DelayLine(socket.getLocalPort(), 40, 0);
        Pair pair = pair(socket, line.port())) {
      send(pair);
      assertThat(received.get()).isEqualTo(TOTAL);
    }
  }

  @Test
  void lossTakesOnlyWhatItTakes() throws Exception {
    try (DatagramSocket socket = QuicSockets.open(Pair.anyPort());
        DelayLine line = new DelayLine(socket.getLocalPort(), 40, 0.05);
        Pair pair = pair(socket, line.port())) {
      MediaQueue queue = send(pair);
      assertThat(received.get()).isBetween(TOTAL * 92 / 100, TOTAL * 98 / 100);
      assertThat(queue.dropped()).isZero();
      assertThat(queue.window()).isGreaterThanOrEqualTo(256 << 10);
    }
  }

  @Test
  void largerOnesThanWouldLeaveAreRefused() throws Exception {
    try (DatagramSocket socket = QuicSockets.open(Pair.anyPort());
        Pair pair = pair(socket, socket.getLocalPort())) {
      MediaQueue queue = MediaQueue.of(pair.client);
      assertThatThrownBy(() -> queue.offer(new byte[MediaQueue.MAX_DATAGRAM + 1]))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void afterTheEndTheyAreRefusedAndCounted() throws Exception {
    try (DatagramSocket socket = QuicSockets.open(Pair.anyPort());
        Pair pair = pair(socket, socket.getLocalPort())) {
      MediaQueue queue = MediaQueue.of(pair.client);
      pair.client.close();
      assertThat(queue.offer(new byte[100])).isFalse();
      assertThat(queue.dropped()).isEqualTo(1);
    }
  }

  private Pair pair(DatagramSocket socket, int clientPort) throws Exception {
    return new Pair(
        socket,
        clientPort,
        (it, data) -> {
          int number = ByteBuffer.wrap(data).getInt();
          if (number != last.getAndSet(number) + 1) {
            outOfOrder.incrementAndGet();
          }
          received.incrementAndGet();
        },
        (stream, bytes) -> {});
  }

  private MediaQueue send(Pair pair) {
    MediaQueue queue = MediaQueue.of(pair.client);
    long start = System.nanoTime();
    for (int i = 0; i < TOTAL; ) {
      long due = Math.min(TOTAL, (System.nanoTime() - start) * PER_SECOND / 1_000_000_000L);
      for (; i < due; i++) {
        byte[] data = new byte[MediaQueue.MAX_DATAGRAM];
        ByteBuffer.wrap(data).putInt(i);
        queue.offer(data);
      }
      queue.flush();
      LockSupport.parkNanos(1_000_000);
    }
    long end = System.nanoTime() + 3_000_000_000L;
    int before = -1;
    // Until nothing more has come for a fifth of a second.
    while (received.get() != before && System.nanoTime() < end) {
      before = received.get();
      LockSupport.parkNanos(200_000_000);
    }
    return queue;
  }
}
