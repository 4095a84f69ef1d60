package live.sluice.node.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.FullHttpResponse;
import live.sluice.media.ErrorCode;
import org.junit.jupiter.api.Test;

class ResponsesTest {
  private final Responses responses = new Responses("*");

  @Test
  void aCacheMayShowAnAgedPlaylistForAsLongAgainAsItKeepsIt() {
    assertThat(controlForCache(playlist("public, max-age=1"))).isEqualTo("public, max-age=1, stale-while-revalidate=1");
  }

  @Test
  void aPlaylistThatIsNotKeptIsNotShownAgedEither() {
    assertThat(controlForCache(playlist("no-cache"))).isEqualTo("no-cache");
  }

  @Test
  void anErrorIsKeptForASecondAndNoLonger() {
    assertThat(controlForCache(responses.error(ErrorCode.STREAM_NOT_FOUND, "x"))).isEqualTo("max-age=1");
  }

  private FullHttpResponse playlist(String control) {
    return responses.of(200, "application/vnd.apple.mpegurl", control, Unpooled.EMPTY_BUFFER);
  }

  private static String controlForCache(FullHttpResponse response) {
    try {
      return String.valueOf(Responses.forCache(response).headers().get("Cache-Control"));
    } finally {
      response.release();
    }
  }
}
