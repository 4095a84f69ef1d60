package live.sluice.rtp.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.Test;

class RtxTest {
  private static final String PACKET = "91e0 1234 00000002 00000003 00000004 bede0001 10aa0000 55667788";

  @Test
  void aPacketIsWrappedWithItsSequenceNumberBeforeThePayload() {
    ByteBuf out = Unpooled.buffer();

    Rtx.wrap(Hex.bytes(PACKET), out, 0x0a0b0c0d, 97, 7);

    assertThat(Hex.of(out))
        .isEqualTo("91e10007" + "00000002" + "0a0b0c0d" + "00000004" + "bede000110aa0000" + "1234" + "55667788");
  }

  @Test
  void theOriginalComesOutAsItWas() {
    ByteBuf rtx = Unpooled.directBuffer();
    try {
      ByteBuf packet = Hex.bytes(PACKET);
      Rtx.wrap(packet, rtx, 0x0a0b0c0d, 97, 7);

      int offset = RtpHeader.payloadOffset(rtx);
      assertThat(Rtx.unwrap(rtx, offset, 3, 96)).isTrue();

      assertThat(Hex.of(rtx)).isEqualTo(Hex.of(packet));
      assertThat(RtpHeader.payloadOffset(rtx)).isEqualTo(offset);
    } finally {
      rtx.release();
    }
  }

  @Test
  void probesOfPaddingCarryNoPacket() {
    ByteBuf probe = Hex.bytes("a061 0001 00000002 00000003 00000004");

    assertThat(Rtx.unwrap(probe, RtpHeader.payloadOffset(probe), 3, 96)).isFalse();
    assertThat(Hex.of(probe)).startsWith("a0610001");
    ByteBuf empty = Hex.bytes("8061 0001 00000002 00000003");
    assertThat(Rtx.unwrap(empty, RtpHeader.payloadOffset(empty), 3, 96)).isFalse();
  }

  @Test
  void paddingStaysBehindThePayload() {
    ByteBuf rtx = Hex.bytes("a061 0001 00000002 00000009 1234 5566 0002");

    assertThat(Rtx.unwrap(rtx, RtpHeader.payloadOffset(rtx), 3, 96)).isTrue();
    RtpHeader.dropPadding(rtx);

    assertThat(Hex.of(rtx)).isEqualTo("80601234" + "00000002" + "00000003" + "5566");
  }
}
