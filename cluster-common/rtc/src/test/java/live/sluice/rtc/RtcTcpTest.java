package live.sluice.rtc;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandler;
import io.netty.channel.DefaultEventLoop;
import io.netty.channel.EventLoop;
import io.netty.channel.embedded.EmbeddedChannel;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import live.sluice.media.ErrorCode;
import live.sluice.media.testing.Await;
import live.sluice.rtc.ice.IceCredentials;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RtcTcpTest {
  private final EventLoop loop = new EmbeddedChannel().eventLoop();
  private final TestNode node = new TestNode(loop);
  private final RtcCounters counters = node.server.counters();
  private final List<EmbeddedChannel> connections = new ArrayList<>();

  @AfterEach
  void closeAll() {
    connections.forEach(EmbeddedChannel::finishAndReleaseAll);
  }

  @Test
  void whoOnlyKnowsThePeersNameIsClosedSoon() {
    Peer peer = node.peer(loop, new FakeMedia());
    EmbeddedChannel connection = connect(10);
    send(connection, TestNode.forgedCheck(peer.ice().local()));
    assertThat(connection.isOpen()).isTrue();
    pass(connection, 6);
    assertThat(connection.isOpen()).isFalse();
    assertThat(counters.connections.get()).isZero();
  }

  @Test
  void whoNamesNoPeerIsClosedAtOnce() {
    EmbeddedChannel connection = connect(10);
    send(connection, TestNode.check(IceCredentials.random()));
    assertThat(connection.isOpen()).isFalse();
  }

  @Test
  void thePeersConnectionStaysUntilItIsSilentForLong() {
    Peer peer = node.peer(loop, new FakeMedia());
    EmbeddedChannel connection = connect(10);
    send(connection, TestNode.check(peer.ice().local()));
    pass(connection, 20);
    assertThat(connection.isOpen()).isTrue();
    assertThat(peer.path()).isNotNull();
    pass(connection, 31);
    assertThat(connection.isOpen()).isFalse();
    assertThat(peer.path()).isNull();
  }

  @Test
  void thePeersConnectionEndsWithIt() {
    Peer peer = node.peer(loop, new FakeMedia());
    EmbeddedChannel connection = connect(10);
    send(connection, TestNode.check(peer.ice().local()));
    peer.end(ErrorCode.OK, "enough");
    connection.runPendingTasks();
    assertThat(connection.isOpen()).isFalse();
  }

  @Test
  void connectionsThatAreTooManyAreRefused() {
    EmbeddedChannel first = connect(1);
    EmbeddedChannel second = connect(1);
    assertThat(first.isOpen()).isTrue();
    assertThat(second.isOpen()).isFalse();
    assertThat(counters.refusedConnections.sum()).isEqualTo(1);
    first.close();
    assertThat(connect(1).isOpen()).isTrue();
  }

  @Test
  void aSlowReaderLosesMediaAndKeepsChecksAndReports() {
    EmbeddedChannel connection = connect(10);
    connection.pipeline().addFirst(new NothingLeaves());
    PeerPath path = connection.pipeline().get(TcpConnection.class);
    for (int i = 0; i < 3; i++) {
      path.sendTrain(packet(60 << 10), 60 << 10);
    }
    assertThat(connection.isWritable()).isFalse();
    assertThat(path.congested()).as("at first").isFalse();
    node.ticker.advance(201);
    assertThat(path.congested()).as("for a while").isTrue();

    for (int i = 0; i < 10; i++) {
      path.sendTrain(packet(60 << 10), 60 << 10);
    }
    long lost = counters.unsentByTcp.sum();
    assertThat(lost).isPositive();
    path.send(packet(100));
    assertThat(counters.unsentByTcp.sum()).isEqualTo(lost);
    for (int i = 0; i < 20; i++) {
      path.send(packet(60 << 10));
    }
    assertThat(counters.unsentByTcp.sum()).as("there is a bound for them too").isGreaterThan(lost);
  }

  @Test
  void aMomentaryKeyframeIsNoCongestion() {
    EmbeddedChannel connection = connect(10);
    NothingLeaves valve = new NothingLeaves();
    connection.pipeline().addFirst(valve);
    PeerPath path = connection.pipeline().get(TcpConnection.class);
    for (int i = 0; i < 5; i++) {
      path.sendTrain(packet(60 << 10), 60 << 10);
    }
    node.ticker.advance(100);
    connection.pipeline().remove(valve);
    connection.flush();
    node.ticker.advance(1_000);
    assertThat(path.congested()).isFalse();
  }

  @Test
  void aConnectionIsNotReadFromWhileItsPeersLoopIsBehind() throws Exception {
    EventLoop busy = new DefaultEventLoop();
    CountDownLatch done = new CountDownLatch(1);
    try {
      Peer peer = new TestNode(busy).peer(busy, new FakeMedia());
      node.server.peers().name(peer.ice().local().ufrag(), peer);
      busy.execute(
          () -> {
            try {
              done.await();
            } catch (InterruptedException e) {
              Thread.currentThread().interrupt();
            }
          });
      EmbeddedChannel connection = connect(10);
      for (int i = 0; i < HandOffs.MOST - 1; i++) {
        send(connection, TestNode.forgedCheck(peer.ice().local()));
      }
      assertThat(connection.config().isAutoRead()).isTrue();
      send(connection, TestNode.forgedCheck(peer.ice().local()));
      assertThat(connection.config().isAutoRead()).isFalse();

      done.countDown();
      Await.until(
          "it is read from again",
          () -> {
            connection.runPendingTasks();
            return connection.config().isAutoRead();
          });
    } finally {
      done.countDown();
      busy.shutdownGracefully(0, 0, TimeUnit.SECONDS).sync();
    }
  }

  private EmbeddedChannel connect(int most) {
    RtcTcp accepting = new RtcTcp(node.server.peers(), counters, node.ticker, Duration.ofSeconds(30), most);
    EmbeddedChannel connection = new Connected(accepting);
    connections.add(connection);
    return connection;
  }

  private static void send(EmbeddedChannel connection, ByteBuf packet) {
    connection.writeInbound(Unpooled.buffer().writeShort(packet.readableBytes()).writeBytes(packet));
    packet.release();
  }

  private static ByteBuf packet(int bytes) {
    return Unpooled.wrappedBuffer(new byte[bytes]);
  }

  private static void pass(EmbeddedChannel connection, int seconds) {
    connection.advanceTimeBy(seconds, TimeUnit.SECONDS);
    connection.runScheduledPendingTasks();
    connection.runPendingTasks();
  }

  /** With an address of the other end. */
  private static final class Connected extends EmbeddedChannel {
    Connected(ChannelHandler handler) {
      super(handler);
    }

    @Override
    protected SocketAddress remoteAddress0() {
      return TestNode.HOME;
    }
  }
}
