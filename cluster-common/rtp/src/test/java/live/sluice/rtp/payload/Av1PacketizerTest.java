package live.sluice.rtp.payload;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import live.sluice.media.Codec;
import live.sluice.media.Frame;
import live.sluice.rtp.RtpPacket;
import org.junit.jupiter.api.Test;

class Av1PacketizerTest {
  private static final byte[] SEQUENCE_HEADER = Payloads.hex("0a0a00000003b4fd936be401");
  private static final byte[] CONFIG = Payloads.join(Payloads.hex("81000c00"), SEQUENCE_HEADER);
  private static final byte[] DELIMITER = Payloads.hex("1200");

  private final Packetizer packetizer = Packetizer.of(Payloads.track(Codec.AV1), Payloads.ALLOCATOR);

  @Test
  void obusLoseTheirSizesAndDelimitersAreLeftOut() {
    byte[] picture = Payloads.filled(300, 0x30);

    List<byte[]> payloads = payloads(true, Payloads.join(DELIMITER, SEQUENCE_HEADER, sized(picture)));

    byte[] expected =
        Payloads.join(
            Payloads.hex("28" + "0b" + "0800000003b4fd936be401"), picture);
    assertThat(payloads).containsExactly(expected);
  }

  @Test
  void aKeyframeWithoutASequenceHeaderGetsThatOfTheConfiguration() {
    byte[] picture = Payloads.filled(300, 0x30);

    assertThat(payloads(true, sized(picture)))
        .containsExactlyElementsOf(payloads(true, Payloads.join(SEQUENCE_HEADER, sized(picture))));
    assertThat(payloads(false, sized(picture)).getFirst()).hasSize(1 + 300);
  }

  @Test
  void packetsAreOfOneSizeAndOnlyTheLastIsSmaller() {
    for (int size = 1000; size < 6000; size += 7) {
      List<byte[]> payloads = payloads(true, Payloads.join(SEQUENCE_HEADER, sized(Payloads.filled(size, 0x30))));

      int first = payloads.getFirst().length;
      assertThat(first).isLessThanOrEqualTo(Packetizer.MAX_PAYLOAD);
      for (byte[] payload : payloads.subList(0, payloads.size() - 1)) {
        assertThat(payload).hasSize(first);
      }
      assertThat(payloads.getLast().length).isLessThanOrEqualTo(first);
    }
  }

  @Test
  void onlyTheFirstPacketOfAKeyframeBeginsASequence() {
    List<RtpPacket> packets =
        Payloads.packets(packetizer, Payloads.raw(Codec.AV1, CONFIG, true, sized(Payloads.filled(3000, 0x30))), 0);

    assertThat(packets).extracting(RtpPacket::keyframe).containsExactly(true, false, false);
    assertThat(packets).extracting(RtpPacket::marker).containsExactly(false, false, true);
    assertThat(packets).extracting(packet -> Payloads.payload(packet)[0] & 0xff).containsExactly(0x68, 0xd0, 0x90);
    Payloads.payloads(packets);
  }

  @Test
  void anObuWithoutASizeGoesOnToTheEnd() {
    byte[] picture = Payloads.filled(300, 0x30);

    assertThat(payloads(false, picture)).containsExactlyElementsOf(payloads(false, sized(picture)));
  }

  @Test
  void whatIsBrokenGivesNoPacketOrWhatCouldBeRead() {
    byte[] picture = Payloads.filled(300, 0x30);

    assertThat(payloads(false, Payloads.hex("32ff7f"))).isEmpty();
    assertThat(payloads(false, Payloads.hex("32ffffffffffffffff"))).isEmpty();
    assertThat(payloads(false, DELIMITER)).isEmpty();
    assertThat(payloads(false, Payloads.join(sized(picture), Payloads.hex("32ff7f"))))
        .containsExactlyElementsOf(payloads(false, picture));
  }

  private List<byte[]> payloads(boolean keyframe, byte[] obus) {
    Frame frame = Payloads.raw(Codec.AV1, CONFIG, keyframe, obus);
    return Payloads.payloads(Payloads.packets(packetizer, frame, 0));
  }

  /** The same OBU with a size behind its header. */
  private static byte[] sized(byte[] obu) {
    int size = obu.length - 1;
    byte[] header = {(byte) (obu[0] | Obu.HAS_SIZE), (byte) ((size & 0x7f) | 0x80), (byte) (size >> 7)};
    return Payloads.join(header, Arrays.copyOfRange(obu, 1, obu.length));
  }
}
