package live.sluice.pull.packets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import live.sluice.hop.wire.Fields;
import live.sluice.media.Codec;
import live.sluice.media.ErrorCode;
import live.sluice.media.SluiceException;
import live.sluice.rtp.RtpTrack;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class HopMessagesTest {

  static Stream<HopMessage> messages() {
    return Stream.of(
        new HopMessage.Tracks(1, true, Packets.TRACKS),
        new HopMessage.Tracks(
            7, false, List.of(new RtpTrack(
                0, Codec.H264, 90_000, 0, "profile-level-id=42e01f;packetization-mode=1", List.of("l0", "l1")))),
        new HopMessage.Clock(3, 2, 0xe1b2_c3d4_0102_0304L, 0xf0000001),
        new HopMessage.KeyframeRequest(2),
        new HopMessage.WantedLayers(0b101),
        new HopMessage.WantedLayers(-1),
        new HopMessage.Alive(),
        new HopMessage.End(ErrorCode.STREAM_ENDED, "it is over – naught"));
  }

  @ParameterizedTest
  @MethodSource("messages")
  void aMessageIsReadAsItWasWritten(HopMessage message) {
    ByteBuf frame = HopMessages.frame(message, ByteBufAllocator.DEFAULT);
    assertThat(frame.readUnsignedShort()).isEqualTo(frame.readableBytes());
    assertThat(frame.getUnsignedByte(frame.readerIndex())).isLessThan((short) HopMessages.TYPES);
    assertThat(HopMessages.read(frame)).isEqualTo(message);
    frame.release();
  }

  @Test
  void aMessageOfATypeThatIsNotKnownIsPassedOver() {
    assertThat(read("3f 01 0001 ff")).isNull();
  }

  @Test
  void fieldsThatAreNotKnownArePassedOver() {
    assertThat(read("03 09 0002 ffff 01 0001 02 63 0000")).isEqualTo(new HopMessage.KeyframeRequest(2));
    String withTrack = "01 01 0001 01 09 0002 ffff 03 000f 01 0003 565038 02 0002 ffff 09 0001 00 7f 0000";
    assertThat(read(withTrack))
        .isEqualTo(new HopMessage.Tracks(1, false, List.of(new RtpTrack(0, Codec.VP8, 65_535, 0, ""))));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "03 01 0001", // a value is missing
        "03 01 00", // a length is cut off
        "03 01 0009 000000000000000001", // a number of nine bytes
        "03 01 0000", // a number of none
        "03 01 0001 04", // a layer that there is not
        "02 01 0001 10", // a track that there is not
        "01 02 0001 01", // tracks without a version
        "01 01 0001 01", // no track
        "01 01 0001 01 03 0006 01 0003 565038", // no clock rate
        "01 01 0001 01 03 0004 02 0001 01" // no codec
      })
  void whatMakesNoSenseIsRefused(String hex) {
    assertThatThrownBy(() -> read(hex))
        .isInstanceOfSatisfying(
            SluiceException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.PROTOCOL_ERROR));
  }

  @Test
  void moreTracksThanThereArePayloadTypesAreRefused() {
    String track = " 03 000a 01 0003 565038 02 0001 01";
    assertThat(read("01 01 0001 01" + track.repeat(16))).isInstanceOf(HopMessage.Tracks.class);
    assertThatThrownBy(() -> read("01 01 0001 01" + track.repeat(17))).hasMessageContaining("16 tracks");
  }

  @Test
  void aCodecOfALaterVersionIsNamed() {
    assertThatThrownBy(() -> read("01 01 0001 01 03 000a 01 0003 565058 02 0001 01"))
        .isInstanceOfSatisfying(
            SluiceException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.UPSTREAM_FAILED))
        .hasMessageContaining("VPX");
  }

  @Test
  void parametersThatAreTooLongAreLeftOutRatherThanCut() {
    RtpTrack track = new RtpTrack(0, Codec.H264, 90_000, 0, "x".repeat(Fields.MAX_TEXT + 1));
    ByteBuf frame = HopMessages.frame(new HopMessage.Tracks(1, true, List.of(track)), ByteBufAllocator.DEFAULT);
    frame.skipBytes(2);
    assertThat(HopMessages.read(frame))
        .isEqualTo(new HopMessage.Tracks(1, true, List.of(new RtpTrack(0, Codec.H264, 90_000, 0, ""))));
    frame.release();
  }

  private static HopMessage read(String hex) {
    return HopMessages.read(Unpooled.wrappedBuffer(HexFormat.of().parseHex(hex.replace(" ", ""))));
  }
}
