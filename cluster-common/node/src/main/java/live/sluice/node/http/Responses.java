package live.sluice.node.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.util.CharsetUtil;
import live.sluice.media.ErrorCode;

/** Whole answers, with the headers that all of them carry. */
final class Responses {
  private static final String KEPT = "public, max-age=";

  private final String corsOrigin;

  Responses(String corsOrigin) {
    this.corsOrigin = corsOrigin;
  }

  /** An answer that takes over {@code body}. */
  FullHttpResponse of(int status, String contentType, String cacheControl, ByteBuf body) {
    FullHttpResponse response =
        new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(status), body);
    response
        .headers()
        .set(HttpHeaderNames.SERVER, "Sluice")
        .set(HttpHeaderNames.CONTENT_TYPE, contentType)
        .set(HttpHeaderNames.CACHE_CONTROL, cacheControl)
        .set(HttpHeaderNames.CONTENT_LENGTH, body.readableBytes());
    if (!corsOrigin.isEmpty()) {
      response
          .headers()
          .set(HttpHeaderNames.ACCESS_CONTROL_ALLOW_ORIGIN, corsOrigin)
          .set(HttpHeaderNames.ACCESS_CONTROL_EXPOSE_HEADERS, "X-Cache-Status, Content-Length, Date");
    }
    return response;
  }

  /**
   * Tells a cache how long it may show an aged playlist while it fetches the next (RFC 5861, section 3): as long again as
   * it may keep it, so that no viewer gets one older than the target duration. Browsers are not told: one that heeded it
   * would play further behind.
   */
  static FullHttpResponse forCache(FullHttpResponse response) {
    String control = response.headers().get(HttpHeaderNames.CACHE_CONTROL, "");
    if (response.status().code() == 200 && control.startsWith(KEPT)) {
      String seconds = control.substring(KEPT.length());
      response.headers().set(HttpHeaderNames.CACHE_CONTROL, control + ", stale-while-revalidate=" + seconds);
    }
    return response;
  }

  /** The answer to a refusal, in the API's form. A cache may keep it for a second at most. */
  FullHttpResponse error(ErrorCode code, String message) {
    String text =
        "{\"code\":" + code.number() + ",\"error\":\"" + code.label() + "\",\"message\":\"" + escape(message) + "\"}\n";
    ByteBuf body = Unpooled.copiedBuffer(text, CharsetUtil.UTF_8);
    FullHttpResponse response = of(code.httpStatus(), "application/json", "max-age=1", body);
    if (code == ErrorCode.UNAUTHORIZED) {
      response.headers().set(HttpHeaderNames.WWW_AUTHENTICATE, "Bearer");
    }
    if (code.httpStatus() == 503) {
      response.headers().set(HttpHeaderNames.RETRY_AFTER, "1");
    }
    return response;
  }

  /** The answer to a browser that asks whether it may ask. */
  FullHttpResponse preflight() {
    FullHttpResponse response = of(204, "text/plain", "max-age=86400", Unpooled.EMPTY_BUFFER);
    response
        .headers()
        .set(HttpHeaderNames.ACCESS_CONTROL_ALLOW_METHODS, "GET, HEAD, OPTIONS")
        .set(HttpHeaderNames.ACCESS_CONTROL_ALLOW_HEADERS, "Range, Origin, Accept, Content-Type, Authorization")
        .set(HttpHeaderNames.ACCESS_CONTROL_MAX_AGE, "86400");
    return response;
  }

  /** Sends an answer, and closes the connection after it where it is not to be kept. */
  static void send(ChannelHandlerContext ctx, FullHttpResponse response, boolean keepAlive, boolean headOnly) {
    FullHttpResponse sent = response;
    if (headOnly) {
      // The length stays that of what GET would have brought.
      sent = response.replace(Unpooled.EMPTY_BUFFER);
      response.release();
    }
    sent.headers()
        .set(
            HttpHeaderNames.CONNECTION,
            keepAlive ? HttpHeaderValues.KEEP_ALIVE : HttpHeaderValues.CLOSE);
    var written = ctx.writeAndFlush(sent);
    if (!keepAlive) {
      written.addListener(ChannelFutureListener.CLOSE);
    }
  }

  private static String escape(String text) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        out.append('\\').append(c);
      } else if (c >= 0x20) {
        out.append(c);
      }
    }
    return out.toString();
  }
}
