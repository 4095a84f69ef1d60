package live.sluice.node.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import live.sluice.media.SluiceException;
import live.sluice.media.StreamKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MediaTargetTest {
  private static final StreamKey KEY = StreamKey.of("live", "x");

  private static MediaTarget parse(String uri, String host) {
    return MediaTarget.parse(uri, host, name -> name.equals("v.example.com") ? name : StreamKey.DEFAULT_VHOST);
  }

  @Test
  void theWaysToAskForAStreamAreRead() {
    assertThat(parse("/live/x.flv?onlyaudio", "h:8080")).isEqualTo(new MediaTarget.Flv(KEY, "onlyaudio"));
    assertThat(parse("/live/x.m3u8?token=1", "h")).isEqualTo(new MediaTarget.Playlist(KEY));
    assertThat(parse("/live/x/1732-55.ts", "h")).isEqualTo(new MediaTarget.Segment(KEY, 1732, 55));
    assertThat(parse("/a/b/x.flv", "h")).isEqualTo(new MediaTarget.Flv(StreamKey.of("a/b", "x"), ""));
    assertThat(parse("/", "h")).isEqualTo(new MediaTarget.Page("/"));
    assertThat(parse("/live/x.ts", "h")).isEqualTo(new MediaTarget.Page("/live/x.ts"));
  }

  @Test
  void theVirtualHostComesFromTheQueryOrTheHostHeader() {
    StreamKey there = new StreamKey("v.example.com", "live", "x");
    assertThat(parse("/live/x.m3u8", "v.example.com:8080")).isEqualTo(new MediaTarget.Playlist(there));
    assertThat(parse("/live/x.m3u8?vhost=v.example.com", "h")).isEqualTo(new MediaTarget.Playlist(there));
    assertThat(parse("/live/x.m3u8?vhost=unknown", "h")).isEqualTo(new MediaTarget.Playlist(KEY));
    assertThat(parse("/live/x.m3u8", "[::1]:8080")).isEqualTo(new MediaTarget.Playlist(KEY));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/x.flv", "/live/.flv", "/live/...flv", "/live/%00.flv", "/live/a%2Fb%20c.m3u8", "/%zz/x.flv"})
  void badNamesAreRefused(String uri) {
    assertThatThrownBy(() -> parse(uri, "h")).isInstanceOf(SluiceException.class);
  }
}
