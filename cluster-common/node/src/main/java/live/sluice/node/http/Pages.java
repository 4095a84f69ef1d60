package live.sluice.node.http;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;
import live.sluice.node.web.WebFile;
import live.sluice.node.web.WebFiles;

/** The answers that carry pages and scripts. */
final class Pages {
  private Pages() {}

  /** The file as the client takes it, or word that what it has is right. */
  static FullHttpResponse response(Responses responses, String path, WebFile file, HttpRequest request) {
    WebFile.Body body = file.body(request.headers().get(HttpHeaderNames.ACCEPT_ENCODING));
    boolean held = file.isHeldBy(request.headers().get(HttpHeaderNames.IF_NONE_MATCH));
    FullHttpResponse response =
        responses.of(
            held ? 304 : 200,
            file.contentType(),
            WebFiles.CACHE_CONTROL,
            held ? Unpooled.EMPTY_BUFFER : Unpooled.wrappedBuffer(body.bytes()));
    response
        .headers()
        .set(HttpHeaderNames.ETAG, body.etag())
        .set(HttpHeaderNames.VARY, HttpHeaderNames.ACCEPT_ENCODING)
        .set(HttpHeaderNames.CONTENT_SECURITY_POLICY, WebFiles.securityPolicy(path))
        .set("X-Content-Type-Options", "nosniff")
        .set("Referrer-Policy", "same-origin");
    if (!held && body.coding() != null) {
      response.headers().set(HttpHeaderNames.CONTENT_ENCODING, body.coding());
    }
    return response;
  }
}
