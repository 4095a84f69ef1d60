package live.sluice.rtp.payload;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import live.sluice.media.Codec;
import live.sluice.media.codec.AvcConfig;
import live.sluice.rtp.RtpPacket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What H.264 has of its own: parameter sets, fragments, and types of other modes. */
class AvcDepacketizerTest {
  private final AvcPictures pictures = new AvcPictures();

  @AfterEach
  void close() {
    pictures.close();
  }

  @Test
  void aFragmentedSliceThatIsNotWholeBreaksItsPicture() {
    // No beginning, no end, two beginnings, another NAL unit within.
    List<List<String>> broken =
        List.of(List.of("7c0588"), List.of("7c8588"), List.of("7c8588", "7c8588"), List.of("7c8588", "419a00"));
    for (List<String> payloads : broken) {
      pictures.all(pictures.key(), 0);
      int before = pictures.units.units.size();
      for (int i = 0; i < payloads.size(); i++) {
        pictures.send(pictures.packet(i + 1 == payloads.size(), Payloads.hex(payloads.get(i))), 0);
      }
      pictures.next();
      assertThat(pictures.units.units).hasSize(before);
    }
    assertThat(pictures.units.keyframesNeeded).isEqualTo(broken.size());
  }

  @Test
  void aKeyframeWhoseParameterSetsWereLostIsNotTaken() {
    pictures.all(pictures.key(), 0);
    List<RtpPacket> key = pictures.key();
    AvcPictures.drop(key.subList(0, 1));
    pictures.all(key.subList(1, 2), 0);
    pictures.poll(250);
    assertThat(pictures.units.units).hasSize(1);
    assertThat(pictures.units.keyframesNeeded).isEqualTo(1);

    pictures.all(pictures.key(), 300);
    assertThat(pictures.units.units).hasSize(2);
  }

  @Test
  void parameterSetsOfTheSessionDescriptionDoWhereTheStreamHasNone() {
    pictures.use(
        Payloads.track(
            Codec.H264,
            "packetization-mode=1; sprop-parameter-sets=Z0LAHtiQKAv+XARAAAADAEAAAAyDxYuJgA==,aMiIyyA="
                + ";profile-level-id=42c01e"));
    pictures.send(pictures.packet(true, AvcPictures.IDR), 0);

    assertThat(pictures.units.configs).hasSize(1);
    assertThat(pictures.units.configs.getFirst()).isEqualTo(Payloads.AVCC);
    assertThat(pictures.units.units).hasSize(1);
  }

  @Test
  void parameterSetsThatAreNoBase64AreIgnored() {
    pictures.use(Payloads.track(Codec.H264, "sprop-parameter-sets=!!,;x;=,sprop-parameter-sets"));
    pictures.send(pictures.packet(true, AvcPictures.IDR), 0);

    assertThat(pictures.units.units).isEmpty();
    assertThat(pictures.units.keyframesNeeded).isEqualTo(1);
  }

  @Test
  void aChangedConfigurationIsToldBeforeItsKeyframeAndAnUnchangedOneIsNot() {
    pictures.all(pictures.key(), 0);
    pictures.all(pictures.key(), 0);
    assertThat(pictures.units.configs).hasSize(1);
    byte[] sps = Payloads.SPS.clone();
    sps[3] = 31;
    pictures.send(pictures.packet(false, sps), 0);
    pictures.send(pictures.packet(false, Payloads.PPS), 0);
    pictures.send(pictures.packet(true, AvcPictures.IDR), 0);

    assertThat(pictures.units.configs).hasSize(2);
    assertThat(AvcConfig.parse(pictures.units.configs.getLast()).level()).isEqualTo(31);
    assertThat(AvcConfig.parse(pictures.units.configs.getLast()).sps()).containsExactly(sps);
  }

  @Test
  void parameterSetsMayComeBeforeTheirKeyframe() {
    pictures.send(pictures.packet(false, Payloads.SPS), 0);
    pictures.send(pictures.packet(true, Payloads.PPS), 0);
    pictures.next();
    assertThat(pictures.units.units).isEmpty();
    pictures.send(pictures.packet(true, AvcPictures.IDR), 0);

    assertThat(pictures.units.units).hasSize(1);
  }

  @Test
  void typesThatAreNotOfTheModeArePassedOver() {
    pictures.all(pictures.key(), 0);
    pictures.send(pictures.packet(false, Payloads.filled(20, 0x19)), 0);
    pictures.send(pictures.packet(false, Payloads.filled(20, 0x1d)), 0);
    pictures.send(pictures.packet(true, AvcPictures.DELTA), 0);

    assertThat(pictures.units.bytes().getLast()).hasSize(4 + AvcPictures.DELTA.length);
  }
}
