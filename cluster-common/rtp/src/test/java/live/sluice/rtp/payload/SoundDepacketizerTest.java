package live.sluice.rtp.payload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import live.sluice.media.Codec;
import live.sluice.media.Track.AudioFormat;
import live.sluice.media.codec.Tracks;
import live.sluice.rtp.RtpPacket;
import live.sluice.rtp.RtpTrack;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SoundDepacketizerTest {
  private static final long MS = 1_000_000;
  private static final RtpTrack OPUS = Payloads.track(Codec.OPUS);

  private final RecordingUnits units = new RecordingUnits();

  @Test
  void whatIsLostIsPassedOver() {
    Depacketizer depacketizer = Depacketizer.of(OPUS, Payloads.ALLOCATOR, units);
    send(depacketizer, OPUS, 0, 0);
    send(depacketizer, OPUS, 2, 40);
    assertThat(units.units).hasSize(1);
    depacketizer.poll(300 * MS);
    send(depacketizer, OPUS, 3, 310);

    assertThat(units.timestamps()).containsExactly(0L, 1920L, 2880L);
    assertThat(units.units).extracting(RecordingUnits.Unit::keyframe).containsOnly(true);
    assertThat(units.keyframesNeeded).isZero();
    depacketizer.close();
  }

  @Test
  void opusHasAHeadAndG711HasNothing() {
    Depacketizer opus = Depacketizer.of(OPUS, Payloads.ALLOCATOR, units);
    send(opus, OPUS, 0, 0);
    send(opus, OPUS, 1, 0);
    assertThat(units.configs).hasSize(1);
    assertThat(Tracks.of(Codec.OPUS, units.configs.getFirst()).audio()).isEqualTo(new AudioFormat(48_000, 2, ""));

    RtpTrack g711 = Payloads.track(Codec.G711U);
    Depacketizer other = Depacketizer.of(g711, Payloads.ALLOCATOR, units);
    send(other, g711, 0, 0);
    assertThat(units.configs).hasSize(1);
    assertThat(units.units).hasSize(3);
    opus.close();
    other.close();
  }

  @Test
  void emptyPacketsAreNoFrames() {
    Depacketizer depacketizer = Depacketizer.of(OPUS, Payloads.ALLOCATOR, units);
    RtpPacket empty = Payloads.packet(OPUS, 0, 0, false, new byte[0]);
    depacketizer.receive(empty, 0);
    empty.release();

    assertThat(units.units).isEmpty();
    depacketizer.close();
  }

  @Test
  void whatIsHeldIsReleasedAtTheEnd() {
    Depacketizer depacketizer = Depacketizer.of(OPUS, Payloads.ALLOCATOR, units);
    send(depacketizer, OPUS, 0, 0);
    RtpPacket held = Payloads.packet(OPUS, 2, 0, false, new byte[9]);
    depacketizer.receive(held, 0);
    assertThat(held.refCnt()).isEqualTo(2);
    depacketizer.close();

    assertThat(held.refCnt()).isEqualTo(1);
    held.release();
  }

  @ParameterizedTest
  @EnumSource
  void thereIsOneForEachSupportedCodecAndNoOther(Codec codec) {
    if (Depacketizer.supports(codec)) {
      Depacketizer.of(Payloads.track(codec), Payloads.ALLOCATOR, units).close();
    } else {
      assertThatThrownBy(() -> Depacketizer.of(Payloads.track(codec), Payloads.ALLOCATOR, units))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  private static void send(Depacketizer depacketizer, RtpTrack track, int sequence, long ms) {
    RtpPacket packet = Payloads.packet(track, sequence, 960 * sequence, false, Payloads.filled(80));
    depacketizer.receive(packet, ms * MS);
    packet.release();
  }
}
