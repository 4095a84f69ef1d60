package live.sluice.rtmp.chunk;

import static live.sluice.rtmp.chunk.Chunks.body;
import static live.sluice.rtmp.chunk.Chunks.describe;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.ArrayList;
import java.util.List;
import live.sluice.media.ErrorCode;
import live.sluice.media.SluiceException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MessageDecoderTest {
  private final List<String> got = new ArrayList<>();
  private long received;
  private boolean pauseAfterEach;
  private final MessageDecoder decoder = new MessageDecoder(ChunkBounds.ofMessage(1 << 20), bytes -> received += bytes);

  private final EmbeddedChannel channel =
      new EmbeddedChannel(
          decoder,
          new ChannelInboundHandlerAdapter() {
            @Override
            public void channelRead(ChannelHandlerContext ctx, Object in) {
              RtmpMessage message = (RtmpMessage) in;
              got.add(describe(message.type(), message.timestamp(), message.streamId(), message.payload()));
              message.release();
              if (pauseAfterEach) {
                decoder.pause(ctx);
              }
            }
          });

  @AfterEach
  void close() {
    channel.finishAndReleaseAll();
  }

  private static ByteBuf message(int type, long timestamp, int streamId, ByteBuf body) {
    ByteBuf out = Unpooled.buffer();
    ChunkWriter.begin(out, 128, 5, type, (int) timestamp, streamId, body.readableBytes()).body(out, body);
    return out;
  }

  private List<String> sent() {
    List<String> sent = new ArrayList<>();
    try (Chunks.Recorder recorder = new Chunks.Recorder()) {
      for (ByteBuf out = channel.readOutbound(); out != null; out = channel.readOutbound()) {
        recorder.read(out);
      }
      sent.addAll(recorder.got);
    }
    return sent;
  }

  private static String control(int type, ByteBuf body) {
    return describe(type, 0, 0, body);
  }

  @Test
  void aPingIsAnsweredWithItsStamp() {
    channel.writeInbound(message(4, 0, 0, Unpooled.buffer().writeShort(6).writeInt(0x12345678)));
    assertThat(sent()).containsExactly(control(4, Unpooled.buffer().writeShort(7).writeInt(0x12345678)));
    assertThat(got).isEmpty();
  }

  @Test
  void otherUserControlIsHandedOn() {
    channel.writeInbound(message(4, 0, 0, Unpooled.buffer().writeShort(0).writeInt(1)));
    assertThat(got).hasSize(1);
  }

  @Test
  void bytesAreAcknowledgedAtHalfTheWindowAsked() {
    channel.writeInbound(message(MessageType.WINDOW_ACK_SIZE, 0, 0, Unpooled.buffer().writeInt(1000)));
    assertThat(sent()).isEmpty();
    channel.writeInbound(message(9, 0, 1, body(600)));
    assertThat(sent()).containsExactly(control(3, Unpooled.buffer().writeInt((int) received)));
  }

  @Test
  void aBandwidthIsAnsweredWithAWindow() {
    channel.writeInbound(
        message(MessageType.SET_PEER_BANDWIDTH, 0, 0, Unpooled.buffer().writeInt(5_000_000).writeByte(2)));
    assertThat(sent()).containsExactly(control(5, Unpooled.buffer().writeInt(5_000_000)));
  }

  @Test
  void anAggregateIsTakenApartAndItsTimesKeepTheirDistance() {
    ByteBuf body = Unpooled.buffer();
    tag(body, 8, 500, body(10));
    tag(body, 9, 520, body(20));
    tag(body, 22, 530, body(20));
    tag(body, 8, 540, body(0));
    channel.writeInbound(message(MessageType.AGGREGATE, 1_000_000, 1, body));
    assertThat(got)
        .containsExactly(
            describe(8, 1_000_000, 1, body(10)),
            describe(9, 1_000_020, 1, body(20)),
            describe(8, 1_000_040, 1, body(0)));
  }

  private static void tag(ByteBuf out, int type, int timestamp, ByteBuf body) {
    out.writeByte(type).writeMedium(body.readableBytes()).writeMedium(timestamp).writeByte(0).writeMedium(0);
    out.writeBytes(body, 0, body.readableBytes());
    out.writeInt(11 + body.readableBytes());
  }

  @Test
  void anAggregateThatLiesAboutALengthIsAnError() {
    ByteBuf body = Unpooled.buffer().writeByte(8).writeMedium(1000).writeInt(0).writeMedium(0).writeInt(0);
    assertThatThrownBy(() -> channel.writeInbound(message(MessageType.AGGREGATE, 0, 1, body)))
        .satisfies(e -> assertThat(SluiceException.codeOf(e)).isEqualTo(ErrorCode.PROTOCOL_ERROR));
  }

  @Test
  void nothingIsHandedOnAndNothingIsLostWhilePaused() {
    pauseAfterEach = true;
    ByteBuf three = Unpooled.buffer();
    for (int i = 0; i < 3; i++) {
      ByteBuf one = message(9, i, 1, body(300));
      three.writeBytes(one);
      one.release();
    }
    channel.writeInbound(three.readRetainedSlice(500));
    assertThat(got).hasSize(1);
    assertThat(channel.config().isAutoRead()).isFalse();
    channel.writeInbound(three);
    assertThat(got).hasSize(1);
    for (int n = 2; n <= 3; n++) {
      decoder.resume(channel.pipeline().lastContext());
      assertThat(got).hasSize(n);
    }
    decoder.resume(channel.pipeline().lastContext());
    assertThat(channel.config().isAutoRead()).isTrue();
  }

  @Test
  void afterAnErrorAllElseIsThrownAway() {
    assertThatThrownBy(() -> channel.writeInbound(Unpooled.buffer().writeByte(0xc7)))
        .satisfies(e -> assertThat(SluiceException.codeOf(e)).isEqualTo(ErrorCode.PROTOCOL_ERROR));
    channel.writeInbound(message(9, 0, 1, body(10)));
    assertThat(got).isEmpty();
  }
}
