package live.sluice.pull.packets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.util.HexFormat;
import live.sluice.rtp.RtpPacket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HopPacketTest {
  /** One contributing source, an extension of one word, and a payload of three bytes. */
  private static final String BEHIND = "00000007" + "bede0001" + "10ff0000" + "a1a2a3";

  private static ByteBuf hex(String text) {
    return Unpooled.wrappedBuffer(HexFormat.of().parseHex(text));
  }

  @Test
  void onlyThePayloadTypeAndTheSourceAreRewritten() {
    ByteBuf bytes = hex("91" + "ef" + "fffe" + "80000001" + "deadbeef" + BEHIND);
    RtpPacket sent = new RtpPacket(Packets.AUDIO, 2, bytes, 24, false, 5);
    ByteBuf head = Unpooled.buffer();
    HopPacket.writeHead(sent, head);
    assertThat(ByteBufUtil.hexDump(head)).isEqualTo("001b" + "91" + "e1" + "fffe" + "80000001" + "00000102");

    RtpPacket got =
        HopPacket.read(Unpooled.wrappedBuffer(head.skipBytes(2), hex(BEHIND)), Packets.TRACKS, 9);
    assertThat(got.track()).isEqualTo(Packets.AUDIO);
    assertThat(got.layer()).isEqualTo(2);
    assertThat(got.keyframe()).isFalse();
    assertThat(got.marker()).isTrue();
    assertThat(got.sequence()).isEqualTo(0xfffe);
    assertThat(got.timestamp()).isEqualTo(0x80000001);
    assertThat(got.payloadOffset()).isEqualTo(24);
    assertThat(got.payloadLength()).isEqualTo(3);
    assertThat(got.arrivalNanos()).isEqualTo(9);
    sent.release();
    got.release();
  }

  @Test
  void aKeyframeIsToldByThePayloadType() {
    ByteBuf head = Unpooled.buffer();
    RtpPacket key = Packets.key(3, 1, 2);
    HopPacket.writeHead(key, head);
    assertThat(ByteBufUtil.hexDump(head)).isEqualTo("000e" + "80" + "f0" + "0001" + "00000064" + "00000003");
    key.release();
    RtpPacket got = HopPacket.read(head.skipBytes(2), Packets.TRACKS, 0);
    assertThat(got.keyframe()).isTrue();
    assertThat(got.layer()).isEqualTo(3);
    got.release();
  }

  @Test
  void paddingIsCutOff() {
    RtpPacket got = HopPacket.read(hex("a060000100000001" + "00000000" + "aabb000003"), Packets.TRACKS, 0);
    assertThat(got.payloadLength()).isEqualTo(2);
    assertThat(got.bytes().getUnsignedByte(0)).isEqualTo((short) 0x80);
    got.release();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "80", // cut off
        "8060000100000001000000", // one byte too few
        "8260000100000001" + "00000000" + "00000007", // contributing sources that are not there
        "9060000100000001" + "00000000" + "bede0009", // an extension that is not there
        "a060000100000001" + "00000000" + "aa05", // more padding than payload
        "805f000100000001" + "00000000", // a payload type below those of tracks
        "8062000100000001" + "00000200", // a track that there is not
        "8060000100000001" + "00000100", // a source that is not the payload type's
        "8060000100000001" + "00000004", // a layer that there is not
        "8060000100000001" + "ff000000" // a source of nobody
      })
  void whatIsNoPacketOfTheStreamIsRefused(String text) {
    ByteBuf body = hex(text);
    assertThatThrownBy(() -> HopPacket.read(body, Packets.TRACKS, 0)).hasMessageContaining("malformed");
    assertThat(body.refCnt()).isZero();
  }
}
