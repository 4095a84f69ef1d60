package live.sluice.bench.rtc;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.EventLoop;
import java.net.InetAddress;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import live.sluice.bench.load.LoadLoop;
import live.sluice.bench.load.LoadLoops;
import live.sluice.media.Codec;
import live.sluice.rtc.sdp.Answer;
import live.sluice.rtc.sdp.OfferBuilder;
import live.sluice.rtc.srtp.SrtpReceiver;
import live.sluice.rtc.srtp.SrtpSender;
import live.sluice.rtp.wire.RtpHeader;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RtcPeerTest {
  private static final RtcIdentity IDENTITY = new RtcIdentity();

  private final LoadLoops loops = new LoadLoops(2);
  private final LoadLoop loop = loops.of(0);
  private final FakeServer server = new FakeServer(loops.of(1).loop());
  private final Owner owner = new Owner();
  private final RtcPeer peer = new RtcPeer(loop.loop(), loop::connectUdp, IDENTITY, owner);

  /** Notes what it is told. */
  private static final class Owner implements RtcPeer.Owner {
    final BlockingQueue<byte[]> packets = new LinkedBlockingQueue<>();
    final CompletableFuture<String> end = new CompletableFuture<>();
    final CompletableFuture<SrtpSender> sender = new CompletableFuture<>();
    private SrtpReceiver receiver;

    @Override
    public void onConnected(SrtpSender to, SrtpReceiver from) {
      receiver = from;
      sender.complete(to);
    }

    @Override
    public void onReceived(int bytes) {}

    @Override
    public void onRtp(ByteBuf packet) {
      receiver.unprotect(packet);
      packets.add(ByteBufUtil.getBytes(packet));
    }

    @Override
    public void onRtcp(ByteBuf packet) {}

    @Override
    public void onReadComplete() {}

    @Override
    public void onEnd(String why) {
      end.complete(why);
    }
  }

  @AfterEach
  void close() {
    EventLoop on = loop.loop();
    on.submit(peer::close).syncUninterruptibly();
    server.close();
    loops.close();
  }

  private void connect(UnaryOperator<String> change) {
    String offer = OfferBuilder.play(peer.transport()).video(List.of(Codec.H264), 0, 0).build();
    Answer answer = server.play(offer, change);
    loop.loop().execute(() -> peer.connect(answer, InetAddress.getLoopbackAddress()));
  }

  private static ByteBuf packet(int sequence) {
    ByteBuf packet = Unpooled.buffer();
    RtpHeader.write(packet, false, true, 96, sequence, 0, 1);
    return packet.writeByte(sequence);
  }

  @Test
  void aClientConnectsAndIsSentMedia() throws Exception {
    connect(UnaryOperator.identity());
    SrtpSender srtp = server.sender.get(10, TimeUnit.SECONDS);
    // At once: the client's keys may not be there yet.
    server.send(FakeServer.protect(srtp, packet(1)));
    owner.sender.get(10, TimeUnit.SECONDS);
    server.send(FakeServer.protect(srtp, packet(2)));
    for (int sequence = 1; sequence <= 2; sequence++) {
      byte[] packet = owner.packets.poll(10, TimeUnit.SECONDS);
      assertThat(packet).isNotNull();
      assertThat(packet[RtpHeader.BYTES]).isEqualTo((byte) sequence);
    }
  }

  @Test
  void aCandidateThatDoesNotAnswerIsPassedOver() throws Exception {
    String dead = "a=candidate:9 1 udp 2147483647 127.0.0.1 9 typ host\r\n";
    connect(answer -> answer.replaceFirst("a=candidate:", dead + "a=candidate:"));
    assertThat(owner.sender.get(10, TimeUnit.SECONDS)).isNotNull();
  }

  @Test
  void aServerThatGoesIsTold() throws Exception {
    connect(UnaryOperator.identity());
    server.sender.get(10, TimeUnit.SECONDS);
    owner.sender.get(10, TimeUnit.SECONDS);
    server.closeDtls();
    assertThat(owner.end.get(10, TimeUnit.SECONDS)).isEqualTo("the server closed the connection");
  }

  @Test
  void aClientThatGoesSaysSo() throws Exception {
    connect(UnaryOperator.identity());
    owner.sender.get(10, TimeUnit.SECONDS);
    loop.loop().execute(peer::close);
    assertThat(server.end.get(10, TimeUnit.SECONDS).detail()).contains("closed");
    assertThat(owner.end).isNotDone();
  }

  @Test
  void anAnswerWithoutACandidateIsRefused() throws Exception {
    connect(answer -> answer.replaceAll("a=candidate:[^\r]*\r\n", ""));
    assertThat(owner.end.get(10, TimeUnit.SECONDS)).isEqualTo("the answer has no candidate by UDP");
  }
}
