package live.sluice.media.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HexFormat;
import live.sluice.media.Codec;
import live.sluice.media.ErrorCode;
import live.sluice.media.SluiceException;
import live.sluice.media.Track.AudioFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AudioConfigTest {
  @ParameterizedTest
  @CsvSource({
    "1210, 44100, 2, LC", // plain
    "1190, 48000, 2, LC",
    "1188, 48000, 1, LC",
    "11b056e500, 48000, 6, LC", // 5.1, and an extension that says: no spectral band replication
    "11b8, 48000, 8, LC", // 7.1
    "1180, 48000, 0, LC", // the layout stands in a program config element
    "2b118800, 48000, 2, HE", // explicit, 24 kHz core
    "eb098800, 48000, 2, HEv2", // explicit, mono core at 24 kHz
    "131056e598, 48000, 2, HE", // backward compatible, 24 kHz core
    "130856e59d4880, 48000, 2, HEv2", // backward compatible with parametric stereo
    "17802ee008, 24000, 1, LC", // sample rate written in full
  })
  void readsAnAudioSpecificConfig(String config, int rate, int channels, String profile) {
    assertThat(Tracks.of(Codec.AAC, HexFormat.of().parseHex(config)).audio())
        .isEqualTo(new AudioFormat(rate, channels, profile));
  }

  @Test
  void tellsTheCoreCodersRateForAdts() {
    AacConfig config = AacConfig.parse(HexFormat.of().parseHex("131056e598"));

    assertThat(config.objectType()).isEqualTo(2);
    assertThat(config.coreSampleRate()).isEqualTo(24000);
    assertThat(config.sampleRateIndex()).isEqualTo(6);
    assertThat(config.channelConfiguration()).isEqualTo(2);
  }

  @Test
  void refusesAnAacConfigurationThatIsCutShortOrReserved() {
    assertThatThrownBy(() -> AacConfig.parse(new byte[] {0x12})).isInstanceOf(SluiceException.class);
    assertThatThrownBy(() -> AacConfig.parse(new byte[] {0x16, (byte) 0x90})).isInstanceOf(SluiceException.class);
  }

  @Test
  void refusesAConfigurationThatIsTooLarge() {
    assertThatThrownBy(() -> Tracks.of(Codec.AAC, new byte[Tracks.MAX_CONFIG + 1]))
        .isInstanceOfSatisfying(SluiceException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.TOO_LARGE));
  }

  @ParameterizedTest
  @CsvSource({
    "fffb9064, 3, 44100, 2, 128000, 417, 1152",
    "fffb10c4, 3, 44100, 1, 32000, 104, 1152",
    "fff38464, 3, 24000, 2, 64000, 192, 576",
    "ffe318c4, 3, 8000, 1, 8000, 72, 576",
    "fffd8404, 2, 48000, 2, 128000, 384, 1152",
  })
  void readsTheHeaderOfAnMp3Frame(
      String header, int layer, int rate, int channels, int bitRate, int length, int samples) {
    assertThat(Mp3Header.parse((int) Long.parseLong(header, 16)))
        .isEqualTo(new Mp3Header(layer, rate, channels, bitRate, length, samples));
  }

  @Test
  void takesNothingElseForAnMp3Header() {
    assertThat(Mp3Header.parse(0)).isNull();
    assertThat(Mp3Header.parse(0xfffbf064)).isNull();
    assertThat(Mp3Header.parse(0xfffb9c64)).isNull();
    assertThat(Mp3Header.parse(0x7ffb9064)).isNull();
  }

  @Test
  void readsAnOpusHeader() {
    byte[] head = HexFormat.of().parseHex("4f707573486561640102380180bb0000000000");

    assertThat(OpusHead.parse(head)).isEqualTo(new OpusHead(2, 312, 48000));
    assertThat(Tracks.of(Codec.OPUS, head).audio()).isEqualTo(new AudioFormat(48000, 2, ""));
  }

  @Test
  void readsAv1AndVpRecords() {
    assertThat(Tracks.of(Codec.AV1, new byte[] {(byte) 0x81, 0x04, 0x0c, 0}).video().level()).isEqualTo("3.0");
    byte[] withVersion = HexFormat.of().parseHex("01000000000a820202020000");
    assertThat(Tracks.of(Codec.VP9, withVersion).video().level()).isEqualTo("1");
    assertThat(VpConfig.parse(HexFormat.of().parseHex("020a820202020000"))).isEqualTo(new VpConfig(2, 10));
  }
}
