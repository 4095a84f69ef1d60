package live.sluice.node.http;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.util.List;
import live.sluice.media.ErrorCode;
import live.sluice.media.SluiceException;
import live.sluice.node.auth.Tokens;

/** Finds what a player shows: the token of its Authorization header, else {@code ?token=}. */
final class PlayToken {
  private PlayToken() {}

  /**
   * Lets pass who may play.
   *
   * @throws SluiceException {@link ErrorCode#UNAUTHORIZED}
   */
  static void check(Tokens tokens, HttpRequest request) {
    if (tokens.asked(Tokens.Wish.PLAY)) {
      String bearer = Tokens.bearer(request.headers().get(HttpHeaderNames.AUTHORIZATION));
      List<String> inUrl = new QueryStringDecoder(request.uri()).parameters().getOrDefault("token", List.of(""));
      tokens.check(Tokens.Wish.PLAY, bearer != null ? bearer : inUrl.getFirst());
    }
  }
}
