package live.sluice.rtp.payload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import live.sluice.media.Codec;
import live.sluice.media.Frame;
import live.sluice.rtp.RtpPacket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SoundPacketizerTest {
  private static final byte[] NO_CONFIG = {};

  @Test
  void aFrameOfOpusIsAPacket() {
    Packetizer packetizer = Packetizer.of(Payloads.track(Codec.OPUS), Payloads.ALLOCATOR);

    for (int i = 0; i < Clip.OPUS.units().size(); i++) {
      List<RtpPacket> packets = Payloads.packets(packetizer, Clip.OPUS.frame(i), 960 * i);

      assertThat(packets).hasSize(1);
      assertThat(packets.getFirst().keyframe()).isTrue();
      assertThat(packets.getFirst().marker()).isFalse();
      assertThat(packets.getFirst().sequence()).isEqualTo(i);
      assertThat(packets.getFirst().timestamp()).isEqualTo(960 * i);
      assertThat(Payloads.payloads(packets)).containsExactly(Clip.OPUS.units().get(i).bytes());
    }
  }

  @Test
  void opusIsNeverCut() {
    Packetizer packetizer = Packetizer.of(Payloads.track(Codec.OPUS), Payloads.ALLOCATOR);

    assertThat(payloads(packetizer, Payloads.raw(Codec.OPUS, NO_CONFIG, true, new byte[1275]))).hasSize(1);
    assertThat(payloads(packetizer, Payloads.raw(Codec.OPUS, NO_CONFIG, true, new byte[2000]))).isEmpty();
    assertThat(payloads(packetizer, Payloads.raw(Codec.OPUS, NO_CONFIG, true, new byte[0]))).isEmpty();
  }

  @Test
  void aLargeFrameOfG711IsCutAndItsTimeGoesOn() {
    Packetizer packetizer = Packetizer.of(Payloads.track(Codec.G711A), Payloads.ALLOCATOR);
    byte[] samples = Payloads.filled(2000);

    List<RtpPacket> packets =
        Payloads.packets(packetizer, Payloads.raw(Codec.G711A, NO_CONFIG, true, samples), 8000);

    assertThat(packets).extracting(RtpPacket::timestamp).containsExactly(8000, 8000 + 1188);
    assertThat(packets).extracting(RtpPacket::keyframe).containsOnly(true);
    assertThat(Payloads.join(Payloads.payloads(packets).toArray(byte[][]::new))).isEqualTo(samples);
  }

  @ParameterizedTest
  @EnumSource
  void thereIsOneForEachSupportedCodecAndNoOther(Codec codec) {
    if (Packetizer.supports(codec)) {
      assertThat(Packetizer.of(Payloads.track(codec), Payloads.ALLOCATOR)).isNotNull();
    } else {
      assertThatThrownBy(() -> Packetizer.of(Payloads.track(codec), Payloads.ALLOCATOR))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void tooSmallAPayloadIsRefused() {
    assertThatThrownBy(() -> Packetizer.of(Payloads.track(Codec.OPUS), Payloads.ALLOCATOR, 63))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static List<byte[]> payloads(Packetizer packetizer, Frame frame) {
    return Payloads.payloads(Payloads.packets(packetizer, frame, 0));
  }
}
