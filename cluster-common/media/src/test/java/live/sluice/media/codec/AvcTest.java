package live.sluice.media.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.HexFormat;
import live.sluice.media.Codec;
import live.sluice.media.ErrorCode;
import live.sluice.media.SluiceException;
import live.sluice.media.Track.VideoFormat;
import org.junit.jupiter.api.Test;

class AvcTest {
  /** 640x360, constrained baseline, level 3. */
  private static final byte[] SMALL =
      hex("0142c01effe100196742c01ed890280bfe5c0440000003004000000c83c58b898001000568c888cb20");

  /** 1920x1080 interlaced, 25 pictures a second. */
  private static final byte[] INTERLACED =
      hex("01640028ffe1001a67640028acd94078044fde0220000003002000000643e2c5b2c001000568fbacb22cfdf8f800");

  @Test
  void readsAConfigurationRecord() {
    AvcConfig config = AvcConfig.parse(SMALL);

    assertThat(config.profile()).isEqualTo(66);
    assertThat(config.level()).isEqualTo(30);
    assertThat(config.lengthSize()).isEqualTo(4);
    assertThat(config.sps()).hasSize(1);
    assertThat(config.pps()).hasSize(1);
    assertThat(config.pps().getFirst()).isEqualTo(hex("68c888cb20"));
  }

  @Test
  void readsSizeAndRateOfPictures() {
    AvcSps sps = AvcSps.parse(AvcConfig.parse(SMALL).sps().getFirst());

    assertThat(sps.width()).isEqualTo(640);
    assertThat(sps.height()).isEqualTo(360);
    assertThat(sps.framesPerSecond()).isEqualTo(25);
  }

  @Test
  void cropsInterlacedPictures() {
    AvcSps sps = AvcSps.parse(AvcConfig.parse(INTERLACED).sps().getFirst());

    assertThat(sps.width()).isEqualTo(1920);
    assertThat(sps.height()).isEqualTo(1080);
    assertThat(sps.framesPerSecond()).isEqualTo(25);
  }

  @Test
  void namesProfileAndLevel() {
    assertThat(Tracks.of(Codec.H264, SMALL).video()).isEqualTo(new VideoFormat(640, 360, "Constrained Baseline", "3"));
    assertThat(Tracks.of(Codec.H264, INTERLACED).video()).isEqualTo(new VideoFormat(1920, 1080, "High", "4"));
  }

  @Test
  void refusesARecordThatIsCutShort() {
    for (int length = 0; length < SMALL.length; length++) {
      byte[] cut = Arrays.copyOf(SMALL, length);
      assertThatThrownBy(() -> AvcConfig.parse(cut))
          .isInstanceOfSatisfying(
              SluiceException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.PROTOCOL_ERROR));
    }
  }

  @Test
  void leavesTheSizeUnknownWhereAParameterSetCantBeRead() {
    byte[] record = SMALL.clone();
    Arrays.fill(record, 9, 20, (byte) 0);

    assertThat(Tracks.of(Codec.H264, record).video().width()).isZero();
  }

  @Test
  void readsNothingButItsOwnExceptionFromBrokenParameterSets() {
    byte[] sps = AvcConfig.parse(INTERLACED).sps().getFirst();
    for (int at = 1; at < sps.length; at++) {
      for (int bit = 0; bit < 8; bit++) {
        byte[] broken = sps.clone();
        broken[at] ^= (byte) (1 << bit);
        try {
          assertThat(AvcSps.parse(broken).width()).isPositive();
        } catch (SluiceException e) {
          assertThat(e.code()).isEqualTo(ErrorCode.PROTOCOL_ERROR);
        }
      }
    }
  }

  private static byte[] hex(String hex) {
    return HexFormat.of().parseHex(hex);
  }
}
