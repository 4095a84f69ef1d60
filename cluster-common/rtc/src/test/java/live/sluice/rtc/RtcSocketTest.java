package live.sluice.rtc;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.channel.socket.DatagramPacket;
import org.junit.jupiter.api.Test;

class RtcSocketTest {
  private final EmbeddedChannel elsewhere = new EmbeddedChannel();
  private final TestNode node = new TestNode(elsewhere.eventLoop());
  private final RtcCounters counters = node.server.counters();
  private final RtcSocket socket = new RtcSocket(node.server.peers(), counters, opened -> {});
  private final EmbeddedChannel channel = new EmbeddedChannel(socket);

  @Test
  void whereTheSystemTakesNoMoreMediaIsDroppedAndAllElseIsSent() {
    channel.config().setWriteBufferWaterMark(RtcSocket.WATER_MARK);
    NothingLeaves system = new NothingLeaves();
    channel.pipeline().addFirst(system);
    PeerPath path = socket.pathTo(TestNode.HOME);
    int trains = RtcSocket.WATER_MARK.high() / 50_000 + 1;
    for (int i = 0; i < trains; i++) {
      path.sendTrain(packet(50_000), 1_000);
    }
    assertThat(counters.unsentByUdp.sum()).isZero();
    path.sendTrain(packet(50_000), 1_000);
    path.sendTrain(packet(700), 700);
    assertThat(counters.unsentByUdp.sum()).isEqualTo(51);
    path.send(packet(100));
    assertThat(counters.unsentByUdp.sum()).isEqualTo(51);
    assertThat(counters.sentDatagrams.sum()).isEqualTo(trains * 50L + 1);

    channel.pipeline().remove(system);
    channel.flush();
    path.sendTrain(packet(700), 700);
    assertThat(counters.unsentByUdp.sum()).isEqualTo(51);
    channel.finishAndReleaseAll();
  }

  @Test
  void whatOtherSocketsReadForAPeerWaitsInBounds() {
    Peer peer = node.peer(elsewhere.eventLoop(), new FakeMedia());
    for (int i = 0; i < HandOffs.MOST; i++) {
      receive(TestNode.forgedCheck(peer.ice().local()));
    }
    assertThat(counters.overrun.sum()).isZero();
    receive(TestNode.forgedCheck(peer.ice().local()));
    assertThat(counters.overrun.sum()).isEqualTo(1);

    elsewhere.runPendingTasks();
    receive(TestNode.forgedCheck(peer.ice().local()));
    assertThat(counters.overrun.sum()).isEqualTo(1);
    elsewhere.runPendingTasks();
    channel.finishAndReleaseAll();
  }

  private void receive(ByteBuf datagram) {
    channel.writeInbound(new DatagramPacket(datagram, TestNode.AWAY, TestNode.HOME));
    assertThat(datagram.refCnt()).isLessThanOrEqualTo(1);
  }

  private static ByteBuf packet(int bytes) {
    return Unpooled.wrappedBuffer(new byte[bytes]);
  }
}
