package live.sluice.node.http;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import live.sluice.media.ErrorCode;
import live.sluice.media.Session;
import live.sluice.media.SluiceException;
import live.sluice.node.web.WebFile;
import org.jspecify.annotations.Nullable;

/**
 * Answers requests for what is sent whole: HLS's playlists and segments, and pages. Answers may come later, on any thread;
 * who asked releases them.
 *
 * @param server what there is to serve
 */
record WholeAnswers(MediaHttpServer server) {

  /**
   * A playlist, and the viewer counted who asks for it.
   *
   * @param node the node that asks; null for a viewer
   * @throws SluiceException where the viewer's token does not do
   */
  CompletionStage<FullHttpResponse> playlist(
      MediaTarget.Playlist playlist, Session client, HttpRequest request, @Nullable String node) {
    if (node == null) {
      PlayToken.check(server.settings().tokens(), request);
    }
    if (node == null && server.hls().knows(playlist.key())) {
      server.viewers().seen(client.remoteAddress(), request.headers(), playlist.key());
    }
    CompletionStage<FullHttpResponse> answer = server.hls().playlist(playlist.key(), node != null);
    boolean cacheAsks = request.headers().contains(HttpHeaderNames.VIA);
    return cacheAsks ? answer.thenApply(Responses::forCache) : answer;
  }

  /** A segment; {@code node} as for a playlist. */
  CompletionStage<FullHttpResponse> segment(MediaTarget.Segment segment, @Nullable String node) {
    return server.hls().segment(segment.key(), segment.epoch(), segment.sequence(), node != null);
  }

  /** A page or what belongs to it, or that there is none. */
  CompletionStage<FullHttpResponse> page(MediaTarget.Page page, HttpRequest request) {
    return CompletableFuture.completedStage(pageNow(page.path(), request));
  }

  private FullHttpResponse pageNow(String path, HttpRequest request) {
    if (path.equals("/streams.json")) {
      return server
          .responses()
          .of(200, "application/json", "no-cache", Unpooled.wrappedBuffer(server.streamsJson().render()));
    }
    WebFile file = server.webFiles().find(path);
    if (file == null) {
      return server.responses().error(ErrorCode.NOT_FOUND, "there is nothing at this path");
    }
    return Pages.response(server.responses(), path, file, request);
  }
}
