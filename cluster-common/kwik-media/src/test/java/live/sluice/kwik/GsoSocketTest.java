package live.sluice.kwik;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The socket by itself. */
class GsoSocketTest {
  private static final InetAddress LOOPBACK_6 = InetAddress.ofLiteral("0:0:0:0:0:0:0:1");

  @Test
  void trainsOfUnequalPacketsArriveAsTheyWere() throws Exception {
    int[] sizes = {1200, 1200, 1200, 300, 1200, 50, 60, 1, 1400, 1400};
    try (GsoSocket from = GsoSocket.open(Pair.anyPort());
        GsoSocket to = GsoSocket.open(Pair.anyPort())) {
      CompletableFuture<Void> sent = new CompletableFuture<>();
      Thread.ofPlatform()
          .start(
              () -> {
                SendTrain train = SendTrain.ofThisThread();
                try {
                  for (int i = 0; i < sizes.length; i++) {
                    from.send(packet(sizes[i], i, to.getLocalPort()));
                  }
                  train.end();
                  sent.complete(null);
                } catch (IOException e) {
                  sent.completeExceptionally(e);
                }
              });
      sent.get(5, TimeUnit.SECONDS);
      for (int i = 0; i < sizes.length; i++) {
        DatagramPacket packet = new DatagramPacket(new byte[1500], 1500);
        to.receive(packet);
        assertThat(packet.getLength()).isEqualTo(sizes[i]);
        assertThat(packet.getData()[0]).isEqualTo((byte) i);
        assertThat(packet.getPort()).isEqualTo(from.getLocalPort());
      }
    }
  }

  @Test
  void aThreadThatSaysNoEndSendsAtOnce() throws Exception {
    try (GsoSocket from = GsoSocket.open(Pair.anyPort());
        GsoSocket to = GsoSocket.open(Pair.anyPort())) {
      CompletableFuture<Integer> length = new CompletableFuture<>();
      Thread.ofPlatform().start(() -> length.completeAsync(() -> receive(to)));
      from.send(packet(77, 0, to.getLocalPort()));
      assertThat(length.get(5, TimeUnit.SECONDS)).isEqualTo(77);
    }
  }

  @Test
  void nothingIsThrownWhereNobodyListensAndItGoesOn() throws Exception {
    int closedPort;
    try (GsoSocket gone = GsoSocket.open(Pair.anyPort())) {
      closedPort = gone.getLocalPort();
    }
    try (GsoSocket from = GsoSocket.open(Pair.anyPort());
        GsoSocket to = GsoSocket.open(Pair.anyPort())) {
      for (int i = 0; i < 20; i++) {
        from.send(packet(100, i, closedPort));
        from.send(new DatagramPacket(new byte[10], 10, new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)));
      }
      assertThat(from.refusedMessages()).isPositive();
      from.send(packet(42, 0, to.getLocalPort()));
      assertThat(receive(to)).isEqualTo(42);
    }
  }

  @Test
  void whoWaitsIsToldWhenItIsClosed() throws Exception {
    GsoSocket socket = GsoSocket.open(Pair.anyPort());
    CompletableFuture<Integer> waiting = CompletableFuture.supplyAsync(() -> receive(socket));
    assertThat(waiting).isNotDone();
    socket.close();
    assertThat(waiting.get(5, TimeUnit.SECONDS)).isEqualTo(-1);
    assertThatThrownBy(() -> socket.receive(new DatagramPacket(new byte[1], 1))).isInstanceOf(SocketException.class);
    socket.send(packet(10, 0, 9));
    socket.close();
  }

  @Test
  void ofIpv6ItReachesIpv4Too() throws Exception {
    try (GsoSocket from = GsoSocket.open(new InetSocketAddress(InetAddress.ofLiteral("0:0:0:0:0:0:0:0"), 0));
        GsoSocket to = GsoSocket.open(Pair.anyPort());
        GsoSocket six = GsoSocket.open(new InetSocketAddress(LOOPBACK_6, 0))) {
      from.send(packet(42, 0, to.getLocalPort()));
      assertThat(receive(to)).isEqualTo(42);
      from.send(new DatagramPacket(new byte[43], 43, new InetSocketAddress(LOOPBACK_6, six.getLocalPort())));
      assertThat(receive(six)).isEqualTo(43);
    }
  }

  private static DatagramPacket packet(int size, int number, int port) {
    byte[] data = new byte[size];
    data[0] = (byte) number;
    return new DatagramPacket(data, size, new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
  }

  private static int receive(GsoSocket socket) {
    DatagramPacket packet = new DatagramPacket(new byte[1500], 1500);
    try {
      socket.receive(packet);
    } catch (IOException e) {
      return -1;
    }
    return packet.getLength();
  }
}
