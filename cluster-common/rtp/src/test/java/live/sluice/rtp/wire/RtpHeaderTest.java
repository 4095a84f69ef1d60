package live.sluice.rtp.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RtpHeaderTest {
  private static final String FIXED = "9234 00112233 89abcdef";

  @Test
  void whatIsWrittenIsRead() {
    ByteBuf packet = Unpooled.buffer();
    packet.writeByte(0).skipBytes(1);

    RtpHeader.write(packet, false, true, 111, 0x1ffff, 0x89abcdef, -2);

    assertThat(packet.readableBytes()).isEqualTo(RtpHeader.BYTES);
    assertThat(RtpHeader.payloadOffset(packet)).isEqualTo(RtpHeader.BYTES);
    assertThat(RtpHeader.payloadType(packet)).isEqualTo(111);
    assertThat(RtpHeader.marker(packet)).isTrue();
    assertThat(RtpHeader.sequence(packet)).isEqualTo(0xffff);
    assertThat(RtpHeader.timestamp(packet)).isEqualTo(0x89abcdef);
    assertThat(RtpHeader.ssrc(packet)).isEqualTo(-2);
    assertThat(RtpHeader.hasExtension(packet)).isFalse();
    assertThat(RtpHeader.paddingLength(packet)).isZero();
  }

  @Test
  void eachFieldIsSetWithoutTheOthers() {
    ByteBuf packet = Hex.bytes("80 e0 0001 00000002 00000003 aa");

    RtpHeader.setPayloadType(packet, 96);
    assertThat(RtpHeader.marker(packet)).isTrue();
    RtpHeader.setMarker(packet, false);
    assertThat(RtpHeader.payloadType(packet)).isEqualTo(96);
    RtpHeader.setSequence(packet, 65_536 + 7);
    RtpHeader.setTimestamp(packet, -8);
    RtpHeader.setSsrc(packet, -9);

    assertThat(Hex.of(packet)).isEqualTo("80600007fffffff8fffffff7aa");
  }

  @Test
  void thePayloadBeginsBehindSourcesAndExtension() {
    ByteBuf packet = Hex.bytes("92 60" + FIXED + "00000001 00000002" + "bede 0001 10aa0000" + "55");

    assertThat(RtpHeader.payloadOffset(packet)).isEqualTo(12 + 8 + 8);
    assertThat(RtpHeader.hasExtension(packet)).isTrue();
  }

  @Test
  void paddingIsCutOff() {
    ByteBuf packet = Hex.bytes("a0 60" + FIXED + "55 000003");

    assertThat(RtpHeader.payloadOffset(packet)).isEqualTo(12);
    assertThat(RtpHeader.paddingLength(packet)).isEqualTo(3);
    RtpHeader.dropPadding(packet);

    assertThat(Hex.of(packet)).isEqualTo("806092340011223389abcdef55");
    RtpHeader.dropPadding(packet);
    assertThat(packet.readableBytes()).isEqualTo(13);
  }

  @Test
  void aPacketOfNothingButPaddingIsOne() {
    assertThat(RtpHeader.payloadOffset(Hex.bytes("a0 60" + FIXED + "0002"))).isEqualTo(12);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "80 60 9234 00112233 89abcd", // too short
        "40 60" + FIXED, // version 1
        "81 60" + FIXED + "000000", // no room for the contributing source
        "90 60" + FIXED + "bede", // no room for the extension's head
        "90 60" + FIXED + "bede 0002 00000000", // nor for the extension
        "90 60" + FIXED + "bede ffff", // by far
        "a0 60" + FIXED, // the last byte of the SSRC is no padding
        "a0 60" + FIXED + "00", // padding of no bytes
        "a0 60" + FIXED + "0003" // more padding than payload
      })
  void malformedPacketsAreNone(String packet) {
    assertThat(RtpHeader.payloadOffset(Hex.bytes(packet))).isEqualTo(RtpHeader.MALFORMED);
  }

  @Test
  void paddingOfAnEncryptedPacketIsNotLookedAt() {
    assertThat(RtpHeader.length(Hex.bytes("b0 60" + FIXED + "bede 0000 ff"))).isEqualTo(16);
  }
}
