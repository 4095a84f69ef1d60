package live.sluice.rtp.payload;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import live.sluice.media.Codec;
import live.sluice.media.Track;
import live.sluice.media.codec.Tracks;
import live.sluice.rtp.RtpPacket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What packetizers cut, depacketizers put together again. */
class RoundTripTest {
  private static final int TICKS = 3000;

  static Stream<Clip> clips() {
    return Stream.of(Clip.AVC, Clip.HEVC, Clip.AV1, Clip.OPUS);
  }

  @ParameterizedTest
  @MethodSource("clips")
  void framesComeOutAsTheyWentIn(Clip clip) {
    RecordingUnits units = new RecordingUnits();
    Depacketizer depacketizer = depacketizer(clip, units);

    for (RtpPacket packet : packets(clip, Packetizer.MAX_PAYLOAD)) {
      depacketizer.receive(packet, 0);
      packet.release();
    }

    assertWhole(clip, units);
    depacketizer.close();
  }

  @ParameterizedTest
  @MethodSource("clips")
  void framesComeOutInOrderWhateverTheOrderOfPackets(Clip clip) {
    Random random = new Random(7);
    for (int round = 0; round < 20; round++) {
      RecordingUnits units = new RecordingUnits();
      Depacketizer depacketizer = depacketizer(clip, units);
      List<RtpPacket> packets = packets(clip, 64);
      // The first one must be first: it tells where the numbers begin.
      for (int at = 1; at < packets.size(); at += 10) {
        Collections.shuffle(packets.subList(at, Math.min(at + 10, packets.size())), random);
      }
      for (RtpPacket packet : packets) {
        depacketizer.receive(packet, 0);
        depacketizer.receive(packet, 0);
      }
      packets.forEach(RtpPacket::release);

      assertWhole(clip, units);
      depacketizer.close();
    }
  }

  @ParameterizedTest
  @MethodSource("clips")
  void theConfigurationRecordIsOneThatPackagersTake(Clip clip) {
    RecordingUnits units = new RecordingUnits();
    Depacketizer depacketizer = depacketizer(clip, units);
    for (RtpPacket packet : packets(clip, Packetizer.MAX_PAYLOAD)) {
      depacketizer.receive(packet, 0);
      packet.release();
    }
    depacketizer.close();

    Track made = Tracks.of(clip.codec(), units.configs.getFirst());
    Track encoders = Tracks.of(clip.codec(), clip.config());
    assertThat(made.video()).isEqualTo(encoders.video());
    assertThat(made.audio()).isEqualTo(encoders.audio());
  }

  @Test
  void theRecordOfH264AndAv1IsWhatTheEncoderWrote() {
    for (Clip clip : List.of(Clip.AVC, Clip.AV1)) {
      RecordingUnits units = new RecordingUnits();
      Depacketizer depacketizer = depacketizer(clip, units);
      for (RtpPacket packet : packets(clip, Packetizer.MAX_PAYLOAD)) {
        depacketizer.receive(packet, 0);
        packet.release();
      }
      depacketizer.close();

      assertThat(units.configs.getFirst()).isEqualTo(clip.config());
    }
  }

  @Test
  void theRecordOfHevcBeginsAsTheEncoderWroteIt() {
    RecordingUnits units = new RecordingUnits();
    Depacketizer depacketizer = depacketizer(Clip.HEVC, units);
    for (RtpPacket packet : packets(Clip.HEVC, Packetizer.MAX_PAYLOAD)) {
      depacketizer.receive(packet, 0);
      packet.release();
    }
    depacketizer.close();

    assertThat(Arrays.copyOf(units.configs.getFirst(), 22)).isEqualTo(Arrays.copyOf(Clip.HEVC.config(), 22));
  }

  private static Depacketizer depacketizer(Clip clip, RecordingUnits units) {
    return Depacketizer.of(Payloads.track(clip.codec()), Payloads.ALLOCATOR, units);
  }

  private static List<RtpPacket> packets(Clip clip, int maxPayload) {
    Packetizer packetizer = Packetizer.of(Payloads.track(clip.codec()), Payloads.ALLOCATOR, maxPayload);
    List<RtpPacket> packets = new ArrayList<>();
    for (int i = 0; i < clip.units().size(); i++) {
      packets.addAll(Payloads.packets(packetizer, clip.frame(i), i * TICKS));
    }
    return packets;
  }

  private static void assertWhole(Clip clip, RecordingUnits units) {
    assertThat(units.keyframesNeeded).isZero();
    assertThat(units.configs).hasSize(1);
    assertThat(units.units).hasSameSizeAs(clip.units());
    for (int i = 0; i < clip.units().size(); i++) {
      byte[] sent = clip.units().get(i).bytes();
      if (clip.codec() == Codec.AV1) {
        // Without the temporal delimiter.
        sent = Arrays.copyOfRange(sent, 2, sent.length);
      }
      assertThat(units.units.get(i).bytes()).isEqualTo(sent);
      assertThat(units.units.get(i).timestamp()).isEqualTo((long) i * TICKS);
      assertThat(units.units.get(i).keyframe()).isEqualTo(clip.units().get(i).keyframe());
    }
  }
}
