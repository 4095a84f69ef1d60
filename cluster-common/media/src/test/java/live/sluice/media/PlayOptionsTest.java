package live.sluice.media;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlayOptionsTest {

  @ParameterizedTest
  @CsvSource({
    "'', ALL, 100",
    "latency=realtime, ALL, 0",
    "token=a&latency=THROUGHPUT, ALL, 350",
    "latency=60, ALL, 100",
    "latency=9999ms, ALL, 1000",
    "latency=-1, ALL, 100",
    "latency=fast, ALL, 100",
    "onlyaudio, AUDIO_ONLY, 100",
    "onlyvideo=1&latency=0, VIDEO_ONLY, 0",
    "onlyaudio=0, ALL, 100",
    "&&==&, ALL, 100"
  })
  void aQueryIsReadAndWhatIsUnknownPassedOver(String query, TrackFilter filter, long windowMs) {
    assertThat(PlayOptions.parse(query, LatencyProfile.BALANCED.windowMs())).isEqualTo(new PlayOptions(filter, windowMs));
  }
}
