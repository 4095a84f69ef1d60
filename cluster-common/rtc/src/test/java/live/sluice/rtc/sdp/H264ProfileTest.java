package live.sluice.rtc.sdp;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class H264ProfileTest {

  @ParameterizedTest
  @CsvSource({
    "42e01f, CONSTRAINED_BASELINE, 31",
    "42C015, CONSTRAINED_BASELINE, 21",
    "42001f, BASELINE, 31",
    "4d001f, MAIN, 31",
    "4d8028, CONSTRAINED_BASELINE, 40",
    "640c1f, CONSTRAINED_HIGH, 31",
    "64001f, HIGH, 31",
    "f4001f, OTHER, 31",
  })
  void profilesAreThoseOfTheirBytes(String text, H264Profile.Kind kind, int level) {
    assertThat(of(text)).isEqualTo(new H264Profile(kind, level));
  }

  @Test
  void whatCannotBeReadIsTheLeast() {
    assertThat(of("422001f")).isEqualTo(of("42000a"));
    assertThat(of("42zz1f")).isEqualTo(of("42000a"));
    assertThat(H264Profile.of(FormatParameters.parse(""))).isEqualTo(of("42000a"));
  }

  @Test
  void aDecoderOfMoreDecodesLess() {
    assertThat(of("64001f").decodes(H264Profile.Kind.MAIN)).isTrue();
    assertThat(of("4d001f").decodes(H264Profile.Kind.CONSTRAINED_BASELINE)).isTrue();
    assertThat(of("42e01f").decodes(H264Profile.Kind.HIGH)).isFalse();
    // What only the full baseline profile has, flexible ordering of slices, no other one takes.
    assertThat(of("64001f").decodes(H264Profile.Kind.BASELINE)).isFalse();
  }

  private static H264Profile of(String text) {
    return H264Profile.of(FormatParameters.parse("profile-level-id=" + text));
  }
}
