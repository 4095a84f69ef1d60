package live.sluice.rtp.payload;

import static org.assertj.core.api.Assertions.assertThat;

import live.sluice.media.Codec;
import live.sluice.rtp.RtpPacket;
import live.sluice.rtp.RtpTrack;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Av1DepacketizerTest {
  private static final RtpTrack TRACK = Payloads.track(Codec.AV1);
  private static final String HEADER = "0800000003b4fd936be401";
  private static final String SIZED_HEADER = "0a0a00000003b4fd936be401";

  private final RecordingUnits units = new RecordingUnits();
  private final Depacketizer depacketizer = Depacketizer.of(TRACK, Payloads.ALLOCATOR, units);
  private int sequence;
  private int timestamp;

  @AfterEach
  void close() {
    depacketizer.close();
  }

  @Test
  void obusGetTheirSizesBack() {
    send(true, "28" + "0b" + HEADER + "3014aabb");

    assertThat(units.configs).containsExactly(Payloads.hex("81000c00" + SIZED_HEADER));
    assertThat(units.bytes()).containsExactly(Payloads.hex(SIZED_HEADER + "3203" + "14aabb"));
    assertThat(units.units.getFirst().keyframe()).isTrue();
  }

  @Test
  void obusThatHaveTheirSizesKeepThem() {
    send(true, "28" + "0c" + SIZED_HEADER + "320314aabb");

    assertThat(units.bytes()).containsExactly(Payloads.hex(SIZED_HEADER + "3203" + "14aabb"));
  }

  @Test
  void lengthsMayStandBeforeAllElements() {
    send(true, "08" + "0b" + HEADER + "04" + "3014aabb");

    assertThat(units.bytes()).containsExactly(Payloads.hex(SIZED_HEADER + "3203" + "14aabb"));
  }

  @Test
  void fragmentsMayBeCutWithinTheHeader() {
    send(false, "68" + "0b" + HEADER + "34");
    send(false, "d0" + "08");
    send(true, "90" + "14aabb");

    assertThat(units.bytes()).containsExactly(Payloads.hex(SIZED_HEADER + "360803" + "14aabb"));
  }

  @Test
  void delimitersTileListsAndPaddingAreLeftOut() {
    send(true, "08" + "01" + "10" + "0b" + HEADER + "03" + "400000" + "04" + "3014aabb" + "02" + "7800");

    assertThat(units.bytes()).containsExactly(Payloads.hex(SIZED_HEADER + "3203" + "14aabb"));
  }

  @Test
  void anotherPictureIsNoKeyframe() {
    send(true, "28" + "0b" + HEADER + "3014aabb");
    send(true, "10" + "3032bbcc");
    send(true, "10" + "18b8");

    assertThat(units.units).extracting(RecordingUnits.Unit::keyframe).containsExactly(true, false, false);
    assertThat(units.configs).hasSize(1);
    assertThat(units.keyframesNeeded).isZero();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "90 3032bbcc", // goes on with what never began
        "50 3032bbcc", // goes on with what never comes
        "20 ff01 3032bbcc", // a length past the end
        "00 05 3032bbcc", // likewise
        "00", // no element at all
        "10 32ff7f00", // a size that is not that of the element
        "10 32013000", // likewise, too small
        "10 36", // an extension that is not there
        "20 0b 0800000003ffffffffffff 3032bbcc", // a sequence header that can't be read
      })
  void whatIsBrokenCostsAllUpToTheNextKeyframe(String hex) {
    send(true, "28" + "0b" + HEADER + "3014aabb");
    send(true, hex.replace(" ", ""));
    send(true, "10" + "3032bbcc");
    assertThat(units.units).hasSize(1);
    assertThat(units.keyframesNeeded).isEqualTo(1);

    send(true, "28" + "0b" + HEADER + "3014aabb");
    assertThat(units.units).hasSize(2);
  }

  private void send(boolean marker, String hex) {
    RtpPacket packet = Payloads.packet(TRACK, sequence++, timestamp, marker, Payloads.hex(hex));
    timestamp += marker ? 3000 : 0;
    depacketizer.receive(packet, 0);
    packet.release();
  }
}
