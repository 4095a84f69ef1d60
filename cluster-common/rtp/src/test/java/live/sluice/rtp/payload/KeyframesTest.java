package live.sluice.rtp.payload;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import live.sluice.media.Codec;
import live.sluice.media.MediaKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class KeyframesTest {
  @ParameterizedTest(name = "{0}: {2}")
  @CsvSource({
    "H264, 6742c01e, sequence parameter set",
    "H264, 658884, first slice of an IDR picture",
    "H264, 18 0004 6742c01e 0002 68ce, parameter sets together",
    "H264, 18 0002 09f0 0004 6742c01e 0002 68ce, parameter sets behind a delimiter",
    "H264, 18 0002 68ce 0003 658884, a picture parameter set with the slice",
    "H264, 7c85 8884, first fragment of an IDR slice",
    "H264, 7c87 42c0, first fragment of a sequence parameter set",
    "HEVC, 40010c01, video parameter set",
    "HEVC, 42010101, sequence parameter set",
    "HEVC, 2601af, first slice of an IDR picture",
    "HEVC, 2a01af, first slice of a CRA picture",
    "HEVC, 6001 0003 40010c 0003 420101, parameter sets together",
    "HEVC, 6201 93 af, first fragment of an IDR slice",
    "VP8, 10 00, no extension",
    "VP8, 90 80 8123 10, a picture id of 15 bits",
    "VP8, 90 e0 8123 05 20 10, all extensions",
    "VP8, 90 80 23 10, a picture id of 7 bits",
    "VP9, 08 82, no picture id",
    "VP9, 88 8123 82, picture id",
    "VP9, ac 8123 00 05 82, lowest spatial layer",
    "AV1, 18 0a0b, a new sequence",
    "AV1, 58 0a0b, a new sequence that goes on",
  })
  void begin(Codec codec, String hex, String what) {
    assertThat(starts(codec, hex)).as(what).isTrue();
  }

  @ParameterizedTest(name = "{0}: {2}")
  @CsvSource({
    "H264, 41 9a, slice of another picture",
    "H264, 65 0884, second slice of an IDR picture",
    "H264, 68ce, picture parameter set alone",
    "H264, 0605, supplemental information",
    "H264, 7c05 8884, a later fragment",
    "H264, 7c45 8884, the last fragment",
    "H264, 5c81 8884, first fragment of another slice",
    "H264, 18 0002 0605 0002 419a, supplemental information and another slice",
    "H264, 18 ffff, nothing of what is announced",
    "H264, 18 0000 0000, empty NAL units",
    "H264, 7c, a fragment cut short",
    "H264, 65, a slice cut short",
    "HEVC, 02 01 d0, slice of another picture",
    "HEVC, 26 01 2f, second slice of an IDR picture",
    "HEVC, 4401, picture parameter set alone",
    "HEVC, 6201 13 af, a later fragment",
    "HEVC, 62, a fragment cut short",
    "VP8, 10 01, an interframe",
    "VP8, 00 00, a continuation",
    "VP8, 11 00, another partition",
    "VP8, 90, cut short",
    "VP8, 90 80, cut short in the picture id",
    "VP8, 90 80 8123, cut short before the payload",
    "VP9, 48 82, predicted",
    "VP9, 00 82, a continuation",
    "VP9, ac 8123 02 05 82, second spatial layer",
    "VP9, 88, cut short",
    "VP9, a8 8123, cut short in the layer",
    "AV1, 10 0a0b, no new sequence",
    "AV1, 98 0a0b, a continuation",
  })
  void doNotBegin(Codec codec, String hex, String what) {
    assertThat(starts(codec, hex)).as(what).isFalse();
  }

  @ParameterizedTest
  @EnumSource
  void nothingButSoundBeginsWithAnEmptyPayload(Codec codec) {
    boolean sound = codec.kind() == MediaKind.AUDIO;

    assertThat(starts(codec, "")).isEqualTo(sound);
  }

  @Test
  void doesNotLookBeyondThePayload() {
    ByteBuf packet = Unpooled.wrappedBuffer(Payloads.hex("1800046742c01e"));

    assertThat(Keyframes.startsKeyframe(Codec.H264, packet, 0, 3)).isFalse();
    assertThat(Keyframes.startsKeyframe(Codec.H264, packet, 0, 100)).isTrue();
  }

  @Test
  void aKeyframeIsToldOnceWhereItsParameterSetsTravelBeforeIt() {
    KeyframeStarts starts = new KeyframeStarts(Codec.H264);
    ByteBuf set = Unpooled.wrappedBuffer(Payloads.hex("6742c01e"));
    ByteBuf slice = Unpooled.wrappedBuffer(Payloads.hex("658884"));
    ByteBuf other = Unpooled.wrappedBuffer(Payloads.hex("419a"));

    assertThat(starts.starts(set, 0, 4, 0)).isTrue();
    assertThat(starts.starts(slice, 0, 3, 0)).isFalse();
    assertThat(starts.starts(other, 0, 2, 3000)).isFalse();
    assertThat(starts.starts(slice, 0, 3, 6000)).isTrue();
    assertThat(starts.starts(slice, 0, 3, 6000)).isFalse();
  }

  @ParameterizedTest(name = "{0}: {2}")
  @CsvSource({
    "H264, 658884, true",
    "H264, 7c85 8884, true",
    "H264, 18 0002 68ce 0003 658884, true",
    "H264, 6742c01e, false",
    "H264, 18 0004 6742c01e 0002 68ce, false",
    "HEVC, 2601af, true",
    "HEVC, 40010c01, false",
    "VP8, 10 00, false",
    "AV1, 18 0a0b, false",
  })
  void whereParameterSetsMayStandBefore(Codec codec, String hex, boolean may) {
    byte[] payload = Payloads.hex(hex.replace(" ", ""));
    ByteBuf packet = Unpooled.buffer().writeZero(1 + 12).writeBytes(payload).skipBytes(1);
    assertThat(Keyframes.mayHaveBegunBefore(codec, packet, 12, payload.length)).isEqualTo(may);
  }

  private static boolean starts(Codec codec, String hex) {
    byte[] payload = Payloads.hex(hex.replace(" ", ""));
    ByteBuf packet = Unpooled.buffer().writeZero(1 + 12).writeBytes(payload).skipBytes(1);
    return Keyframes.startsKeyframe(codec, packet, 12, payload.length);
  }
}
