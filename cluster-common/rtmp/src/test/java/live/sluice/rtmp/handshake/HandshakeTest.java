package live.sluice.rtmp.handshake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import live.sluice.media.ErrorCode;
import live.sluice.media.SluiceException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class HandshakeTest {

  /** Whether the event came. */
  private static final class Watch extends ChannelInboundHandlerAdapter {
    boolean done;

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
      done |= event == HandshakeDone.EVENT;
    }
  }

  private static byte[] out(EmbeddedChannel channel) {
    ByteBuf all = Unpooled.buffer();
    for (ByteBuf next = channel.readOutbound(); next != null; next = channel.readOutbound()) {
      all.writeBytes(next);
      next.release();
    }
    byte[] bytes = ByteBufUtil.getBytes(all);
    all.release();
    return bytes;
  }

  private static void in(EmbeddedChannel channel, byte[] bytes) {
    channel.writeInbound(Unpooled.copiedBuffer(bytes));
  }

  private static byte[] simpleC0C1() {
    byte[] c1 = Packets.random();
    byte[] all = new byte[1 + Packets.SIZE];
    all[0] = 3;
    System.arraycopy(c1, 0, all, 1, c1.length);
    return all;
  }

  @Test
  void aSimpleClientGetsItsPacketBackWhateverThePiecesItSends() {
    Watch watch = new Watch();
    EmbeddedChannel server = new EmbeddedChannel(new ServerHandshake(1_000), watch);
    byte[] hello = simpleC0C1();
    for (byte b : hello) {
      in(server, new byte[] {b});
    }
    byte[] answer = out(server);
    assertThat(answer).hasSize(1 + 2 * Packets.SIZE).startsWith(3);
    assertThat(Arrays.copyOfRange(answer, 1 + Packets.SIZE, answer.length))
        .isEqualTo(Arrays.copyOfRange(hello, 1, hello.length));
    for (int i = 0; i < Packets.SIZE; i++) {
      assertThat(watch.done).isFalse();
      in(server, new byte[] {7});
    }
    assertThat(watch.done).isTrue();
    server.finishAndReleaseAll();
  }

  @Test
  void whatFollowsTheHandshakeIsHandedOn() {
    EmbeddedChannel server = new EmbeddedChannel(new ServerHandshake(1_000));
    byte[] all = Arrays.copyOf(simpleC0C1(), 1 + 2 * Packets.SIZE + 3);
    all[all.length - 1] = 42;
    in(server, all);
    ByteBuf rest = server.readInbound();
    assertThat(ByteBufUtil.getBytes(rest)).containsExactly(0, 0, 42);
    rest.release();
    server.finishAndReleaseAll();
  }

  @ParameterizedTest
  @EnumSource(Digest.Scheme.class)
  void aSigningClientGetsSignedAnswers(Digest.Scheme scheme) {
    EmbeddedChannel client = new EmbeddedChannel(new ClientHandshake(1_000, scheme));
    Watch watch = new Watch();
    EmbeddedChannel server = new EmbeddedChannel(new ServerHandshake(1_000), watch);
    byte[] hello = out(client);
    in(server, hello);
    byte[] answer = out(server);
    byte[] s1 = Arrays.copyOfRange(answer, 1, 1 + Packets.SIZE);
    byte[] s2 = Arrays.copyOfRange(answer, 1 + Packets.SIZE, answer.length);
    assertThat(Digest.find(s1, Digest.SERVER_KEY)).isEqualTo(scheme);
    assertThat(s2).isNotEqualTo(Arrays.copyOfRange(hello, 1, hello.length));
    in(client, answer);
    in(server, out(client));
    assertThat(watch.done).isTrue();
    client.finishAndReleaseAll();
    server.finishAndReleaseAll();
  }

  @Test
  void aVersionWithoutADigestIsAnsweredSimply() {
    EmbeddedChannel server = new EmbeddedChannel(new ServerHandshake(1_000));
    byte[] hello = simpleC0C1();
    hello[5] = 10;
    in(server, hello);
    byte[] answer = out(server);
    assertThat(Arrays.copyOfRange(answer, 1 + Packets.SIZE, answer.length))
        .isEqualTo(Arrays.copyOfRange(hello, 1, hello.length));
    server.finishAndReleaseAll();
  }

  @Test
  void anotherProtocolIsRefusedAtItsFirstByte() {
    EmbeddedChannel server = new EmbeddedChannel(new ServerHandshake(1_000));
    assertThatThrownBy(() -> in(server, "GET / HTTP/1.1\r\n".getBytes(StandardCharsets.US_ASCII)))
        .satisfies(e -> assertThat(SluiceException.codeOf(e)).isEqualTo(ErrorCode.PROTOCOL_ERROR));
    server.finishAndReleaseAll();
  }

  @Test
  void halfAHandshakeEndsInTime() {
    EmbeddedChannel server = new EmbeddedChannel();
    server.freezeTime(); // else the machine's own time passes too
    server.pipeline().addLast(new ServerHandshake(1_000));
    in(server, Arrays.copyOf(simpleC0C1(), 700));
    server.advanceTimeBy(999, TimeUnit.MILLISECONDS);
    server.runScheduledPendingTasks();
    server.checkException();
    server.advanceTimeBy(2, TimeUnit.MILLISECONDS);
    server.runScheduledPendingTasks();
    assertThatThrownBy(server::checkException)
        .satisfies(e -> assertThat(SluiceException.codeOf(e)).isEqualTo(ErrorCode.HANDSHAKE_TIMEOUT));
    server.finishAndReleaseAll();
  }
}
