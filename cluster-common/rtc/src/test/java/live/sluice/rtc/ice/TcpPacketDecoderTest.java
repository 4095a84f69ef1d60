package live.sluice.rtc.ice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import live.sluice.media.ErrorCode;
import live.sluice.media.SluiceException;
import org.junit.jupiter.api.Test;

class TcpPacketDecoderTest {
  private final EmbeddedChannel channel = new EmbeddedChannel(new TcpPacketDecoder(1500));

  @Test
  void packetsAreCutHoweverTheyCome() {
    ByteBuf stream = Unpooled.buffer();
    for (int length : new int[] {1, 1500, 20}) {
      TcpFraming.writeLength(stream, length).writeZero(length);
    }
    while (stream.isReadable()) {
      channel.writeInbound(stream.readBytes(Math.min(7, stream.readableBytes())));
    }

    assertThat(lengthOfNext()).isEqualTo(1);
    assertThat(lengthOfNext()).isEqualTo(1500);
    assertThat(lengthOfNext()).isEqualTo(20);
    assertThat(channel.inboundMessages()).isEmpty();
    channel.finishAndReleaseAll();
  }

  @Test
  void emptyPacketsAreSkipped() {
    channel.writeInbound(Unpooled.buffer().writeShort(0).writeShort(0).writeShort(1).writeByte(5));

    assertThat(lengthOfNext()).isEqualTo(1);
    assertThat(channel.inboundMessages()).isEmpty();
    channel.finishAndReleaseAll();
  }

  @Test
  void aPacketThatIsTooLongEndsTheReading() {
    ByteBuf stream = Unpooled.buffer().writeShort(1501).writeZero(1501);
    assertThatThrownBy(() -> channel.writeInbound(stream))
        .satisfies(e -> assertThat(SluiceException.codeOf(e)).isEqualTo(ErrorCode.TOO_LARGE));

    channel.writeInbound(Unpooled.buffer().writeShort(1).writeByte(5));
    assertThat(channel.inboundMessages()).isEmpty();
    channel.finishAndReleaseAll();
  }

  @Test
  void theLengthIsWrittenBeforeThePacket() {
    ByteBuf length = TcpFraming.lengthOf(ByteBufAllocator.DEFAULT, 1200);
    assertThat(length.readUnsignedShort()).isEqualTo(1200);
    length.release();
    assertThatThrownBy(() -> TcpFraming.writeLength(Unpooled.buffer(), 65_536))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private int lengthOfNext() {
    ByteBuf packet = channel.readInbound();
    try {
      return packet.readableBytes();
    } finally {
      packet.release();
    }
  }
}
