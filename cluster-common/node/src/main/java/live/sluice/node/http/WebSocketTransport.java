package live.sluice.node.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameDecoder;
import io.netty.handler.codec.http.websocketx.WebSocketDecoderConfig;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.util.CharsetUtil;
import io.netty.util.ReferenceCountUtil;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import live.sluice.media.ErrorCode;

/** FLV in WebSocket messages (RFC 6455): one tag a message, made once for all players by {@link WsFlvForm}. */
final class WebSocketTransport implements HttpPlayerSink.Transport {
  private static final String MAGIC = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
  private static final int MAX_INCOMING = 4096;
  private static final int PONG = 0x8a;
  private static final int CLOSE = 0x88;

  /** Close codes of RFC 6455, 7.4.1: "going away", and "try again later" of its registry. */
  private static final int GOING_AWAY = 1001;

  private static final int TRY_AGAIN_LATER = 1013;

  private final ChannelHandlerContext ctx;
  private final Responses responses;
  private final String key;

  WebSocketTransport(ChannelHandlerContext ctx, Responses responses, String key) {
    this.ctx = ctx;
    this.responses = responses;
    this.key = key;
  }

  @Override
  public void begin() {
    String head =
        "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: "
            + accept(key)
            + "\r\n\r\n";
    ctx.pipeline().addBefore(ctx.name(), "ws-decoder", decoder()).addBefore(ctx.name(), "ws-control", new Control());
    ctx.pipeline().remove(HttpServerCodec.class);
    ctx.write(Unpooled.copiedBuffer(head, CharsetUtil.US_ASCII));
  }

  private static WebSocket13FrameDecoder decoder() {
    return new WebSocket13FrameDecoder(
        WebSocketDecoderConfig.newBuilder().expectMaskedFrames(true).maxFramePayloadLength(MAX_INCOMING).build());
  }

  @Override
  public void writeOpening(ByteBuf bytes) {
    ByteBuf message = ctx.alloc().buffer(10 + bytes.readableBytes());
    WsFlvForm.writeHeader(message, bytes.readableBytes());
    message.writeBytes(bytes);
    bytes.release();
    ctx.write(message);
  }

  @Override
  public void end(boolean started, ErrorCode code, String why) {
    if (!started) {
      Responses.send(ctx, responses.error(code, why), false, false);
      return;
    }
    byte[] reason = code.label().getBytes(StandardCharsets.US_ASCII);
    int status = code == ErrorCode.DRAINING ? TRY_AGAIN_LATER : GOING_AWAY;
    ByteBuf message = ctx.alloc().buffer(4 + reason.length);
    message.writeByte(CLOSE).writeByte(2 + reason.length).writeShort(status).writeBytes(reason);
    ctx.writeAndFlush(message).addListener(ChannelFutureListener.CLOSE);
  }

  /** The answer to a client's key (RFC 6455, 4.2.2). */
  static String accept(String key) {
    try {
      MessageDigest sha1 = MessageDigest.getInstance("SHA-1");
      return Base64.getEncoder().encodeToString(sha1.digest((key + MAGIC).getBytes(StandardCharsets.US_ASCII)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("SHA-1 is part of every JDK", e);
    }
  }

  /** Answers pings and closes; whatever else a player says is passed over. */
  private static final class Control extends ChannelInboundHandlerAdapter {
    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
      try {
        if (message instanceof PingWebSocketFrame ping && ctx.channel().isWritable()) {
          answer(ctx, PONG, ping);
        } else if (message instanceof CloseWebSocketFrame close) {
          answer(ctx, CLOSE, close);
          ctx.close();
        }
      } finally {
        ReferenceCountUtil.release(message);
      }
    }

    private static void answer(ChannelHandlerContext ctx, int opcode, WebSocketFrame frame) {
      // A control frame has 125 bytes at most (5.5), which the decoder holds.
      ByteBuf content = frame.content();
      ByteBuf out = ctx.alloc().buffer(2 + content.readableBytes());
      out.writeByte(opcode).writeByte(content.readableBytes()).writeBytes(content);
      ctx.writeAndFlush(out);
    }
  }
}
