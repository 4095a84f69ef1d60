package live.sluice.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StreamKeyTest {

  @Test
  void aPathIsReadAsItWasWritten() {
    StreamKey key = new StreamKey("video.example.com", "live/sub", "x-1_2~3");
    assertThat(StreamKey.parse(key.path())).isEqualTo(key);
    assertThat(key).hasToString("video.example.com/live/sub/x-1_2~3");
    assertThat(StreamKey.of("live", "x")).hasToString("live/x");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ".", "..", "a b", "a\u0000", "a\nb", "a/b", "a\\b", "a%2e", "ä", "a?b", "\u007f", "<x>"})
  void badNamesAreRefused(String name) {
    assertThatThrownBy(() -> StreamKey.of("live", name))
        .isInstanceOfSatisfying(
            SluiceException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.STREAM_NAME_INVALID));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "/", "live/", "/live", "live//x", "live/..", "."})
  void badAppsAreRefused(String app) {
    assertThatThrownBy(() -> StreamKey.of(app, "x")).isInstanceOf(SluiceException.class);
  }

  @Test
  void namesAreBounded() {
    assertThatThrownBy(() -> StreamKey.of("live", "x".repeat(129))).hasMessageContaining("longer than 128");
  }
}
