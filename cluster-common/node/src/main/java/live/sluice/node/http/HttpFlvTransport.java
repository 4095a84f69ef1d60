package live.sluice.node.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.util.CharsetUtil;
import live.sluice.media.ErrorCode;

/**
 * FLV as the body of an answer that ends with the connection (RFC 9112, 6.3): not chunked, so that the bytes of a tag are
 * the same for every player.
 */
final class HttpFlvTransport implements HttpPlayerSink.Transport {
  private final ChannelHandlerContext ctx;
  private final Responses responses;
  private final String corsOrigin;

  HttpFlvTransport(ChannelHandlerContext ctx, Responses responses, String corsOrigin) {
    this.ctx = ctx;
    this.responses = responses;
    this.corsOrigin = corsOrigin;
  }

  @Override
  public void begin() {
    ctx.pipeline().remove(HttpServerCodec.class);
    String cors = corsOrigin.isEmpty() ? "" : "Access-Control-Allow-Origin: " + corsOrigin + "\r\n";
    String head =
        "HTTP/1.1 200 OK\r\nServer: Sluice\r\nContent-Type: video/x-flv\r\nCache-Control: no-cache, no-store\r\n"
            + "X-Accel-Buffering: no\r\n"
            + cors
            + "Connection: close\r\n\r\n";
    ctx.write(Unpooled.copiedBuffer(head, CharsetUtil.US_ASCII));
  }

  @Override
  public void writeOpening(ByteBuf bytes) {
    ctx.write(bytes);
  }

  @Override
  public void end(boolean started, ErrorCode code, String why) {
    if (started) {
      ctx.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
    } else {
      Responses.send(ctx, responses.error(code, why), false, false);
    }
  }
}
