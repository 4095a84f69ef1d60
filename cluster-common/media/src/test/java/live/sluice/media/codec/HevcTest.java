package live.sluice.media.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.HexFormat;
import live.sluice.media.Codec;
import live.sluice.media.SluiceException;
import live.sluice.media.Track.VideoFormat;
import org.junit.jupiter.api.Test;

class HevcTest {
  private static final String VPS = "40010c01ffff02200000030090000003000003007b959809";
  private static final String SPS =
      "42010102200000030090000003000003007ba003c08010e4d96566924caf016808000003000800000301e040";
  private static final String PPS = "4401c172b46240";

  /** 1920x1080, Main 10, level 4.1; an array of SEI goes before the parameter sets. */
  private static final byte[] RECORD =
      HexFormat.of()
          .parseHex(
              "0102200000009000000000007bf000fcfdfafa00000f04"
                  + ("270001" + "0003" + "4e0105")
                  + ("200001" + "0018" + VPS)
                  + ("210001" + "002c" + SPS)
                  + ("220001" + "0007" + PPS));

  @Test
  void readsAConfigurationRecord() {
    HevcConfig config = HevcConfig.parse(RECORD);

    assertThat(config.profile()).isEqualTo(2);
    assertThat(config.level()).isEqualTo(123);
    assertThat(config.lengthSize()).isEqualTo(4);
    assertThat(config.vps()).hasSize(1);
    assertThat(config.sps()).hasSize(1);
    assertThat(config.pps()).hasSize(1);
    assertThat(config.pps().getFirst()).isEqualTo(HexFormat.of().parseHex(PPS));
  }

  @Test
  void namesProfileLevelAndCroppedSize() {
    assertThat(Tracks.of(Codec.HEVC, RECORD).video()).isEqualTo(new VideoFormat(1920, 1080, "Main 10", "4.1"));
  }

  @Test
  void readsAPictureThatIsNoMultipleOfACodingUnit() {
    String sps = "42010101600000030090000003000003001ea0142061f26595924932bc05a02000000300200000030321";

    assertThat(HevcSps.parse(HexFormat.of().parseHex(sps))).isEqualTo(new HevcSps(1, 30, 160, 90));
  }

  @Test
  void refusesARecordThatIsCutShort() {
    for (int length = 0; length < RECORD.length; length++) {
      byte[] cut = Arrays.copyOf(RECORD, length);
      assertThatThrownBy(() -> HevcConfig.parse(cut)).isInstanceOf(SluiceException.class);
    }
  }
}
