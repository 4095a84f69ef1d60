package live.sluice.rtp.payload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import live.sluice.media.Codec;
import live.sluice.media.codec.AvcConfig;
import live.sluice.rtp.RtpPacket;
import live.sluice.rtp.RtpTrack;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PictureDepacketizerTest {
  private static final long MS = 1_000_000;
  private static final RtpTrack TRACK = Payloads.track(Codec.H264);
  private static final byte[] IDR = Payloads.filled(500, 0x65, 0x88);
  private static final byte[] DELTA = Payloads.filled(300, 0x41, 0x9a);

  private final RecordingUnits units = new RecordingUnits();
  private Depacketizer depacketizer = Depacketizer.of(TRACK, Payloads.ALLOCATOR, units);
  private int sequence = 65_530;
  private int timestamp = -6000;

  @AfterEach
  void close() {
    depacketizer.close();
  }

  @Test
  void nothingComesBeforeTheFirstKeyframeWhichIsAskedFor() {
    all(delta(), 0);
    all(delta(), 33);
    assertThat(units.units).isEmpty();
    assertThat(units.keyframesNeeded).isEqualTo(1);

    all(key(), 66);
    all(delta(), 99);

    assertThat(units.units).extracting(RecordingUnits.Unit::keyframe).containsExactly(true, false);
    assertThat(units.keyframesNeeded).isEqualTo(1);
  }

  @Test
  void aKeyframeThatDoesNotComeIsAskedForAgain() {
    all(delta(), 0);
    depacketizer.poll(999 * MS);
    assertThat(units.keyframesNeeded).isEqualTo(1);
    depacketizer.poll(1000 * MS);
    assertThat(units.keyframesNeeded).isEqualTo(2);
    all(delta(), 2000);
    assertThat(units.keyframesNeeded).isEqualTo(3);

    all(key(), 2001);
    depacketizer.poll(5000 * MS);
    assertThat(units.keyframesNeeded).isEqualTo(3);
  }

  @Test
  void timestampsAndSequenceNumbersMayWrap() {
    all(key(), 0);
    for (int i = 0; i < 9; i++) {
      all(delta(), 0);
    }

    assertThat(units.timestamps()).hasSize(10).isSorted();
    assertThat(units.units.getLast().timestamp() - units.units.getFirst().timestamp()).isEqualTo(9 * 3000L);
  }

  @Test
  void aRetransmissionInTimeFillsTheGap() {
    all(key(), 0);
    List<RtpPacket> late = delta();
    all(delta(), 33);
    assertThat(units.units).hasSize(1);
    all(late, 200);

    assertThat(units.units).hasSize(3);
    assertThat(units.timestamps()).isSorted();
    assertThat(units.keyframesNeeded).isZero();
  }

  @Test
  void whatIsMissingTooLongIsGivenUpWithAllUpToTheNextKeyframe() {
    all(key(), 0);
    List<RtpPacket> late = delta();
    all(delta(), 33);
    depacketizer.poll((33 + 249) * MS);
    assertThat(units.keyframesNeeded).isZero();
    depacketizer.poll((33 + 250) * MS);
    assertThat(units.keyframesNeeded).isEqualTo(1);
    all(late, 300);
    all(delta(), 300);
    assertThat(units.units).hasSize(1);

    all(key(), 400);
    all(delta(), 433);

    assertThat(units.units).extracting(RecordingUnits.Unit::keyframe).containsExactly(true, true, false);
    assertThat(units.keyframesNeeded).isEqualTo(1);
  }

  @Test
  void waitingForOneGapDoesNotProlongTheNext() {
    all(key(), 0);
    List<RtpPacket> first = delta();
    all(delta(), 10);
    List<RtpPacket> second = delta();
    all(delta(), 100);
    all(first, 200);
    assertThat(units.units).hasSize(3);

    depacketizer.poll((100 + 249) * MS);
    assertThat(units.keyframesNeeded).isZero();
    depacketizer.poll((100 + 250) * MS);
    assertThat(units.keyframesNeeded).isEqualTo(1);
    second.forEach(RtpPacket::release);
  }

  @Test
  void theWindowOfPacketsIsABoundToo() {
    use(new DepacketizerSettings(8, 10_000, 1000, 1 << 20));
    all(key(), 0);
    drop(delta());
    for (int i = 0; i < 7; i++) {
      all(delta(), 0);
    }
    assertThat(units.keyframesNeeded).isZero();
    all(delta(), 0);
    assertThat(units.keyframesNeeded).isEqualTo(1);

    all(key(), 0);
    assertThat(units.units).hasSize(2);
  }

  @Test
  void aSequenceNumberOfPaddingIsNotWaitedFor() {
    all(key(), 0);
    int padding = sequence++ & 0xffff;
    all(delta(), 0);
    assertThat(units.units).hasSize(1);
    depacketizer.skip(padding, 0);
    assertThat(units.units).hasSize(2);

    depacketizer.skip(sequence++, 0);
    all(delta(), 0);
    assertThat(units.units).hasSize(3);
  }

  @Test
  void aPublisherThatBeginsAnewWithOtherNumbersIsFollowed() {
    all(key(), 0);
    sequence += 20_000;
    all(delta(), 0);
    assertThat(units.keyframesNeeded).isEqualTo(1);
    all(key(), 0);
    assertThat(units.units).hasSize(2);

    sequence -= 30_000;
    all(delta(), 0);
    all(delta(), 0);
    all(key(), 0);
    assertThat(units.units).hasSize(3);
    assertThat(units.keyframesNeeded).isEqualTo(2);
  }

  @Test
  void anOldPacketAloneChangesNothing() {
    all(key(), 0);
    RtpPacket old = Payloads.packet(TRACK, sequence - 20_000 & 0xffff, 0, true, DELTA);
    depacketizer.receive(old, 0);
    old.release();
    all(delta(), 0);

    assertThat(units.units).hasSize(2);
    assertThat(units.keyframesNeeded).isZero();
  }

  @Test
  void aPictureWithoutAMarkerEndsWhereTheNextOneBegins() {
    all(key(), 0);
    send(packet(false, DELTA), 0);
    timestamp += 3000;
    assertThat(units.units).hasSize(1);
    send(packet(false, DELTA), 0);
    assertThat(units.units).hasSize(2);
  }

  @Test
  void theRestOfABrokenPictureIsNotTakenForAnother() {
    all(key(), 0);
    // The end of a fragmented slice whose beginning never was.
    send(packet(true, Payloads.hex("7c458884")), 0);
    assertThat(units.keyframesNeeded).isEqualTo(1);
    send(packet(true, IDR), 0);
    assertThat(units.units).hasSize(1);
    timestamp += 3000;

    all(key(), 0);
    assertThat(units.units).hasSize(2);
  }

  @Test
  void aFragmentedSliceThatIsNotWholeBreaksItsPicture() {
    // No beginning, no end, two beginnings, another NAL unit within.
    List<List<String>> pictures =
        List.of(List.of("7c0588"), List.of("7c8588"), List.of("7c8588", "7c8588"), List.of("7c8588", "419a00"));
    for (List<String> payloads : pictures) {
      all(key(), 0);
      int before = units.units.size();
      for (int i = 0; i < payloads.size(); i++) {
        send(packet(i + 1 == payloads.size(), Payloads.hex(payloads.get(i))), 0);
      }
      timestamp += 3000;
      assertThat(units.units).hasSize(before);
    }
    assertThat(units.keyframesNeeded).isEqualTo(pictures.size());
  }

  @Test
  void aKeyframeWhoseParameterSetsWereLostIsNotTaken() {
    all(key(), 0);
    List<RtpPacket> key = key();
    drop(key.subList(0, 1));
    all(key.subList(1, 2), 0);
    depacketizer.poll(250 * MS);
    assertThat(units.units).hasSize(1);
    assertThat(units.keyframesNeeded).isEqualTo(1);

    all(key(), 300);
    assertThat(units.units).hasSize(2);
  }

  @Test
  void parameterSetsOfTheSessionDescriptionDoWhereTheStreamHasNone() {
    use(
        Payloads.track(
            Codec.H264,
            "packetization-mode=1; sprop-parameter-sets=Z0LAHtiQKAv+XARAAAADAEAAAAyDxYuJgA==,aMiIyyA="
                + ";profile-level-id=42c01e"));
    send(packet(true, IDR), 0);

    assertThat(units.configs).hasSize(1);
    assertThat(units.configs.getFirst()).isEqualTo(Payloads.AVCC);
    assertThat(units.units).hasSize(1);
  }

  @Test
  void parameterSetsThatAreNoBase64AreIgnored() {
    use(Payloads.track(Codec.H264, "sprop-parameter-sets=!!,;x;=,sprop-parameter-sets"));
    send(packet(true, IDR), 0);

    assertThat(units.units).isEmpty();
    assertThat(units.keyframesNeeded).isEqualTo(1);
  }

  @Test
  void aChangedConfigurationIsToldBeforeItsKeyframeAndAnUnchangedOneIsNot() {
    all(key(), 0);
    all(key(), 0);
    assertThat(units.configs).hasSize(1);
    byte[] sps = Payloads.SPS.clone();
    sps[3] = 31;
    send(packet(false, sps), 0);
    send(packet(false, Payloads.PPS), 0);
    send(packet(true, IDR), 0);

    assertThat(units.configs).hasSize(2);
    assertThat(AvcConfig.parse(units.configs.getLast()).level()).isEqualTo(31);
    assertThat(AvcConfig.parse(units.configs.getLast()).sps()).containsExactly(sps);
  }

  @Test
  void parameterSetsMayComeBeforeTheirKeyframe() {
    send(packet(false, Payloads.SPS), 0);
    send(packet(true, Payloads.PPS), 0);
    timestamp += 3000;
    assertThat(units.units).isEmpty();
    send(packet(true, IDR), 0);

    assertThat(units.units).hasSize(1);
  }

  @Test
  void pictureThatGrowsTooLargeIsDropped() {
    use(new DepacketizerSettings(8, 100, 1000, 2000));
    all(key(), 0);
    for (int i = 0; i < 20; i++) {
      send(packet(i == 19, DELTA), 0);
    }
    timestamp += 3000;
    assertThat(units.units).hasSize(1);
    assertThat(units.keyframesNeeded).isEqualTo(1);

    all(key(), 0);
    assertThat(units.units).hasSize(2);
  }

  @Test
  void typesThatAreNotOfTheModeArePassedOver() {
    all(key(), 0);
    send(packet(false, Payloads.filled(20, 0x19)), 0);
    send(packet(false, Payloads.filled(20, 0x1d)), 0);
    send(packet(true, DELTA), 0);

    assertThat(units.bytes().getLast()).hasSize(4 + DELTA.length);
  }

  @Test
  void boundsThatCantBeAreRefused() {
    assertThatThrownBy(() -> new DepacketizerSettings(0, 1, 1, 1)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new DepacketizerSettings(20_000, 1, 1, 1)).isInstanceOf(IllegalArgumentException.class);
  }

  private void use(DepacketizerSettings settings) {
    depacketizer.close();
    depacketizer = Depacketizer.of(TRACK, Payloads.ALLOCATOR, units, settings);
  }

  private void use(RtpTrack track) {
    depacketizer.close();
    depacketizer = Depacketizer.of(track, Payloads.ALLOCATOR, units);
  }

  /** A keyframe in two packets: its parameter sets, and its slice. */
  private List<RtpPacket> key() {
    byte[] sets =
        Payloads.join(
            new byte[] {0x78, 0, (byte) Payloads.SPS.length},
            Payloads.SPS,
            new byte[] {0, (byte) Payloads.PPS.length},
            Payloads.PPS);
    List<RtpPacket> packets = List.of(packet(false, sets), packet(true, IDR));
    timestamp += 3000;
    return packets;
  }

  private List<RtpPacket> delta() {
    List<RtpPacket> packets = List.of(packet(true, DELTA));
    timestamp += 3000;
    return packets;
  }

  private RtpPacket packet(boolean marker, byte[] payload) {
    return Payloads.packet(TRACK, sequence++ & 0xffff, timestamp, marker, payload);
  }

  private void all(List<RtpPacket> packets, long ms) {
    packets.forEach(packet -> send(packet, ms));
  }

  private void send(RtpPacket packet, long ms) {
    depacketizer.receive(packet, ms * MS);
    packet.release();
  }

  private static void drop(List<RtpPacket> packets) {
    packets.forEach(RtpPacket::release);
  }
}
