package live.sluice.rtp.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class HeaderExtensionsTest {
  private static final int NONE = HeaderExtensions.NONE;
  private static final String HEADER = "90 60 0001 00000002 00000003";
  private static final String HEADER_WITH_SOURCES = "92 60 0001 00000002 00000003 00000004 00000005";

  @Test
  void extensionsOfTheOneByteFormAreFound() {
    ByteBuf packet = Hex.bytes(HEADER_WITH_SOURCES + "bede 0003" + "31 1234 00 22 abcdef 40 7f 00 00" + "77");

    assertThat(HeaderExtensions.number(packet, 3, 2)).isEqualTo(0x1234);
    assertThat(HeaderExtensions.number(packet, 2, 3)).isEqualTo(0xabcdef);
    assertThat(HeaderExtensions.number(packet, 4, 1)).isEqualTo(0x7f);
    assertThat(HeaderExtensions.number(packet, 4, 2)).isEqualTo(NONE);
    assertThat(HeaderExtensions.find(packet, 5)).isEqualTo(NONE);
    int found = HeaderExtensions.find(packet, 2);
    assertThat(HeaderExtensions.offset(found)).isEqualTo(20 + 4 + 4 + 1);
    assertThat(HeaderExtensions.length(found)).isEqualTo(3);
  }

  @Test
  void extensionsOfTheTwoByteFormAreFound() {
    ByteBuf packet = Hex.bytes(HEADER + "100f 0003" + "00" + "c8 03 617564" + "07 00" + "01 01 05" + "00" + "77");

    assertThat(HeaderExtensions.text(packet, 200)).isEqualTo("aud");
    assertThat(HeaderExtensions.text(packet, 7)).isEmpty();
    assertThat(HeaderExtensions.number(packet, 1, 1)).isEqualTo(5);
    assertThat(HeaderExtensions.text(packet, 2)).isNull();
  }

  @Test
  void nothingIsReadFromNumber15On() {
    ByteBuf packet = Hex.bytes(HEADER + "bede 0002" + "10 aa" + "f0 bb" + "20 cc 00 00");

    assertThat(HeaderExtensions.number(packet, 1, 1)).isEqualTo(0xaa);
    assertThat(HeaderExtensions.find(packet, 2)).isEqualTo(NONE);
    assertThat(HeaderExtensions.find(packet, 15)).isEqualTo(NONE);
  }

  @Test
  void nothingIsReadBehindPaddingWithALength() {
    ByteBuf packet = Hex.bytes(HEADER + "bede 0001" + "01 20 cc 00");

    assertThat(HeaderExtensions.find(packet, 2)).isEqualTo(NONE);
    assertThat(HeaderExtensions.find(packet, 0)).isEqualTo(NONE);
  }

  @Test
  void anElementThatLeavesTheBlockIsNone() {
    assertThat(HeaderExtensions.find(Hex.bytes(HEADER + "bede 0001" + "14 aabbcc" + "ddee"), 1))
        .isEqualTo(NONE);
    assertThat(HeaderExtensions.find(Hex.bytes(HEADER + "1000 0001" + "01 03 aabb" + "cc"), 1))
        .isEqualTo(NONE);
    assertThat(HeaderExtensions.find(Hex.bytes(HEADER + "1000 0001" + "000000 01" + "cc"), 1))
        .isEqualTo(NONE);
  }

  @Test
  void aBlockThatLeavesThePacketHasNone() {
    assertThat(HeaderExtensions.find(Hex.bytes(HEADER + "bede 0002" + "10 aa0000"), 1)).isEqualTo(NONE);
    assertThat(HeaderExtensions.find(Hex.bytes(HEADER + "bede"), 1)).isEqualTo(NONE);
    assertThat(HeaderExtensions.find(Hex.bytes("90"), 1)).isEqualTo(NONE);
  }

  @Test
  void anotherFormOrNoBlockHasNone() {
    assertThat(HeaderExtensions.find(Hex.bytes(HEADER + "1234 0001" + "10 aa0000"), 1)).isEqualTo(NONE);
    assertThat(HeaderExtensions.find(Hex.bytes("80 60 0001 00000002 00000003 bede 0001 10aa0000"), 1))
        .isEqualTo(NONE);
  }

  @Test
  void aBlockInTheOneByteFormIsWritten() {
    ByteBuf out = Unpooled.buffer();
    RtpHeader.write(out, true, false, 96, 1, 2, 3);
    int block = ExtensionBlock.begin(out);
    ExtensionBlock.absSendTime(out, block, 2, 0xabcdef);
    ExtensionBlock.transportSequence(out, block, 3, 0x71234);
    ExtensionBlock.bytes(out, block, 4, "0".getBytes(StandardCharsets.US_ASCII));
    ExtensionBlock.playoutDelay(out, block, 5, 20, 40_950);
    ExtensionBlock.end(out, block);
    out.writeByte(0x77);

    assertThat(Hex.of(out))
        .isEqualTo("906000010000000200000003" + "bede0004" + "22abcdef" + "311234" + "4030" + "52002fff000000" + "77");
    assertThat(RtpHeader.payloadOffset(out)).isEqualTo(out.readableBytes() - 1);
    assertThat(HeaderExtensions.text(out, 4)).isEqualTo("0");
    assertThat(HeaderExtensions.number(out, 3, 2)).isEqualTo(0x1234);
  }

  @Test
  void aBlockInTheTwoByteFormIsWritten() {
    ByteBuf out = Unpooled.buffer();
    RtpHeader.write(out, true, false, 96, 1, 2, 3);
    int block = ExtensionBlock.beginTwoByte(out);
    ExtensionBlock.bytes(out, block, 12, Unpooled.wrappedBuffer(new byte[40]), 3, 20);
    ExtensionBlock.transportSequence(out, block, 3, 7);
    ExtensionBlock.end(out, block);

    assertThat(HeaderExtensions.length(HeaderExtensions.find(out, 12))).isEqualTo(20);
    assertThat(HeaderExtensions.number(out, 3, 2)).isEqualTo(7);
    assertThat(RtpHeader.payloadOffset(out)).isEqualTo(out.readableBytes());
  }

  @Test
  void anEmptyBlockIsOne() {
    ByteBuf out = Unpooled.buffer();
    RtpHeader.write(out, true, false, 96, 1, 2, 3);
    ExtensionBlock.end(out, ExtensionBlock.begin(out));

    assertThat(RtpHeader.payloadOffset(out)).isEqualTo(16);
  }

  @Test
  void whatTheFormCanNotTakeIsRefused() {
    ByteBuf out = Unpooled.buffer();
    int block = ExtensionBlock.begin(out);

    assertThatThrownBy(() -> ExtensionBlock.element(out, block, 15, 1)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> ExtensionBlock.element(out, block, 1, 17)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> ExtensionBlock.element(out, block, 1, 0)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> ExtensionBlock.element(out, block, 0, 1)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void knownExtensionsAreFoundByTheirUri() {
    assertThat(HeaderExtension.of("urn:ietf:params:rtp-hdrext:sdes:mid")).isEqualTo(HeaderExtension.MID);
    assertThat(HeaderExtension.of(HeaderExtension.TRANSPORT_CC.uri())).isEqualTo(HeaderExtension.TRANSPORT_CC);
    assertThat(HeaderExtension.of("urn:example")).isNull();
  }
}
