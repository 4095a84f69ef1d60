package live.sluice.rtp.payload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import live.sluice.media.Codec;
import live.sluice.media.Frame;
import live.sluice.media.SluiceException;
import live.sluice.rtp.RtpPacket;
import org.junit.jupiter.api.Test;

class NalPacketizerTest {
  private static final byte[] DELIMITER = Payloads.hex("09f0");
  private static final byte[] FILLER = Payloads.hex("0cffff80");
  private static final byte[] NO_CONFIG = {};

  private final Packetizer packetizer = Packetizer.of(Payloads.track(Codec.H264), Payloads.ALLOCATOR);

  @Test
  void aKeyframeBeginsWithItsParameterSetsInOnePacket() {
    byte[] slice = Payloads.filled(3000, 0x65, 0x88);

    List<RtpPacket> packets = Payloads.packets(packetizer, avc(Payloads.AVCC, true, slice), 1234);

    assertThat(packets).hasSize(4);
    assertThat(packets).extracting(RtpPacket::keyframe).containsExactly(true, false, false, false);
    assertThat(packets).extracting(RtpPacket::marker).containsExactly(false, false, false, true);
    assertThat(packets).extracting(RtpPacket::sequence).containsExactly(0, 1, 2, 3);
    assertThat(packets).extracting(RtpPacket::timestamp).containsOnly(1234);
    byte[] sets = Payloads.payload(packets.getFirst());
    byte[] expected =
        Payloads.join(
            new byte[] {0x78, 0, 25}, Payloads.SPS, new byte[] {0, 5}, Payloads.PPS);
    assertThat(sets).isEqualTo(expected);
    Payloads.payloads(packets);
  }

  @Test
  void fragmentsAreOfOneSizeAndOnlyTheLastIsSmaller() {
    for (int size = 1189; size < 6000; size += 7) {
      byte[] slice = Payloads.filled(size, 0x65, 0x88);

      List<byte[]> payloads = Payloads.payloads(Payloads.packets(packetizer, avc(NO_CONFIG, true, slice), 0));

      int first = payloads.getFirst().length;
      assertThat(first).isLessThanOrEqualTo(Packetizer.MAX_PAYLOAD);
      for (byte[] payload : payloads.subList(0, payloads.size() - 1)) {
        assertThat(payload).hasSize(first);
      }
      assertThat(payloads.getLast().length).isBetween(3, first);
      assertThat(joined(payloads)).isEqualTo(slice);
    }
  }

  @Test
  void fragmentsTellWhereTheNalUnitBeginsAndEnds() {
    byte[] slice = Payloads.filled(3000, 0x65, 0x88);

    List<byte[]> payloads = Payloads.payloads(Payloads.packets(packetizer, avc(NO_CONFIG, true, slice), 0));

    assertThat(payloads).extracting(payload -> payload[0] & 0xff).containsOnly(0x7c);
    assertThat(payloads).extracting(payload -> payload[1] & 0xff).containsExactly(0x85, 0x05, 0x45);
  }

  @Test
  void parameterSetsOfTheFrameTakeThePlaceOfThoseOfTheConfiguration() {
    byte[] sps = Payloads.SPS.clone();
    sps[3] = 31;
    byte[] slice = Payloads.filled(3000, 0x65, 0x88);

    List<byte[]> payloads = Payloads.payloads(Payloads.packets(packetizer, avc(Payloads.AVCC, true, sps, slice), 0));

    byte[] expected =
        Payloads.join(
            new byte[] {0x78, 0, 5}, Payloads.PPS, new byte[] {0, 25}, sps);
    assertThat(payloads.getFirst()).isEqualTo(expected);
  }

  @Test
  void delimitersAndFillerAreLeftOut() {
    byte[] slice = Payloads.filled(100, 0x41, 0x9a);

    List<byte[]> payloads =
        Payloads.payloads(Payloads.packets(packetizer, avc(Payloads.AVCC, false, DELIMITER, slice, FILLER), 0));

    assertThat(payloads).containsExactly(slice);
  }

  @Test
  void smallSlicesShareAPacketThatIsAsImportantAsTheMostImportantOne() {
    byte[] first = Payloads.filled(100, 0x41, 0x9a);
    byte[] second = Payloads.filled(100, 0x01, 0x1a);

    List<byte[]> payloads =
        Payloads.payloads(Payloads.packets(packetizer, avc(Payloads.AVCC, false, first, second), 0));

    assertThat(payloads).hasSize(1);
    assertThat(payloads.getFirst()[0]).isEqualTo((byte) 0x58);
    assertThat(payloads.getFirst()).hasSize(1 + 2 * (2 + 100));
  }

  @Test
  void whatHasNoPictureGivesNoPacket() {
    ByteBuf record = Payloads.ALLOCATOR.directBuffer().writeBytes(Payloads.AVCC);
    Frame config = new Frame(Clip.AVC.track(), 0, 0, true, true, record);

    assertThat(Payloads.packets(packetizer, avc(Payloads.AVCC, true, DELIMITER), 0)).isEmpty();
    assertThat(Payloads.packets(packetizer, avc(Payloads.AVCC, false), 0)).isEmpty();
    assertThat(Payloads.packets(packetizer, Clip.OPUS.frame(0), 0)).isEmpty();
    assertThat(Payloads.packets(packetizer, config, 0)).isEmpty();
  }

  @Test
  void typesThatMeanSomethingElseInRtpAreLeftOut() {
    byte[] slice = Payloads.filled(100, 0x41, 0x9a);

    List<byte[]> payloads =
        Payloads.payloads(
            Payloads.packets(
                packetizer, avc(Payloads.AVCC, false, Payloads.filled(9, 0x18), Payloads.filled(9, 0x1c), slice), 0));

    assertThat(payloads).containsExactly(slice);
  }

  @Test
  void aFrameWhoseConfigurationIsBrokenIsRefusedAndTheNextOneIsNot() {
    byte[] slice = Payloads.filled(100, 0x41, 0x9a);
    Frame broken = avc(new byte[] {1, 2}, false, slice);

    assertThatThrownBy(() -> packetizer.packetize(broken, 0, 0, RtpPacket::release))
        .isInstanceOf(SluiceException.class);
    broken.release();

    assertThat(Payloads.payloads(Payloads.packets(packetizer, avc(Payloads.AVCC, false, slice), 0))).hasSize(1);
  }

  @Test
  void packetsThatWereNotTakenAreNotLeaked() {
    Frame frame = avc(Payloads.AVCC, true, Payloads.filled(3000, 0x65, 0x88));

    assertThatThrownBy(
            () ->
                packetizer.packetize(
                    frame,
                    0,
                    0,
                    packet -> {
                      packet.release();
                      throw new IllegalStateException("no more");
                    }))
        .isInstanceOf(IllegalStateException.class);
    frame.release();
  }

  @Test
  void hevcAggregatesAndFragmentsWithTwoByteHeaders() {
    Packetizer hevc = Packetizer.of(Payloads.track(Codec.HEVC), Payloads.ALLOCATOR);

    List<byte[]> payloads = Payloads.payloads(Payloads.packets(hevc, Clip.HEVC.frame(0), 0));

    assertThat(payloads).hasSize(3);
    assertThat(Arrays.copyOf(payloads.get(0), 6)).isEqualTo(Payloads.hex("6001" + "0018" + "4001"));
    assertThat(Arrays.copyOf(payloads.get(1), 3)).isEqualTo(Payloads.hex("6201" + "94"));
    assertThat(Arrays.copyOf(payloads.get(2), 3)).isEqualTo(Payloads.hex("6201" + "54"));
    assertThat(payloads.get(1)).hasSize(3 + (1348 - 2) / 2);
  }

  private static Frame avc(byte[] config, boolean keyframe, byte[]... nals) {
    return Payloads.frame(Codec.H264, config, keyframe, nals);
  }

  private static byte[] joined(List<byte[]> fragments) {
    List<byte[]> parts = new ArrayList<>();
    parts.add(new byte[] {(byte) ((fragments.getFirst()[0] & 0xe0) | (fragments.getFirst()[1] & 0x1f))});
    fragments.forEach(fragment -> parts.add(Arrays.copyOfRange(fragment, 2, fragment.length)));
    return Payloads.join(parts.toArray(byte[][]::new));
  }
}
