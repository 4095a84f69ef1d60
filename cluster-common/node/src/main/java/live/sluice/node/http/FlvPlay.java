package live.sluice.node.http;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.timeout.IdleStateHandler;
import live.sluice.container.flv.FlvForm;
import live.sluice.media.ErrorCode;
import live.sluice.media.PlayOptions;
import live.sluice.media.Reader;
import live.sluice.media.Session;
import live.sluice.media.SluiceException;
import org.jspecify.annotations.Nullable;

/** One play of FLV, over HTTP or WebSocket, by a player or by another node. On the connection's loop. */
final class FlvPlay implements Play {
  private final PlayRequest asked;
  private final Reader reader;

  private FlvPlay(PlayRequest asked, Reader reader) {
    this.asked = asked;
    this.reader = reader;
  }

  /**
   * Begins to play.
   *
   * @throws SluiceException where it is refused; nothing has been written then
   */
  static FlvPlay begin(PlayRequest asked) {
    ChannelHandlerContext ctx = asked.ctx();
    MediaHttpServer server = asked.server();
    HttpRequest request = asked.request();
    boolean webSocket = "websocket".equalsIgnoreCase(request.headers().get(HttpHeaderNames.UPGRADE, ""));
    asked.describe(type(asked.node(), webSocket));
    long usual = server.settings().latency().apply(asked.key().vhost()).windowMs();
    PlayOptions options = PlayOptions.parse(asked.flv().query(), usual);
    HttpPlayerSink.Transport transport =
        webSocket
            ? new WebSocketTransport(ctx, server.responses(), webSocketKey(request))
            : new HttpFlvTransport(ctx, server.responses(), server.settings().corsOrigin());
    HttpPlayerSink sink = new HttpPlayerSink(ctx.channel(), new Hosted(asked, transport));
    Reader reader =
        new Reader(
            sink,
            webSocket ? WsFlvForm.WS_FLV : FlvForm.FLV,
            options.filter(),
            options.windowMs(),
            asked.client());
    server.registry().play(asked.key(), reader);
    return new FlvPlay(asked, reader);
  }

  private static Session.Type type(@Nullable String node, boolean webSocket) {
    if (node != null) {
      return Session.Type.NODE_PULL;
    }
    return webSocket ? Session.Type.WS_FLV_PLAY : Session.Type.FLV_PLAY;
  }

  private static String webSocketKey(HttpRequest request) {
    String key = request.headers().get("Sec-WebSocket-Key", "");
    if (key.length() != 24 || !request.headers().contains("Sec-WebSocket-Version", "13", true)) {
      throw new SluiceException(ErrorCode.BAD_REQUEST, "the WebSocket handshake is not one of RFC 6455, version 13");
    }
    return key;
  }

  @Override
  public void drain() {
    reader.drain();
  }

  @Override
  public void close() {
    reader.close();
  }

  @Override
  public @Nullable String source() {
    return asked.source();
  }

  /** A transport whose connection is told of its beginning and its end. */
  private record Hosted(PlayRequest asked, HttpPlayerSink.Transport transport) implements HttpPlayerSink.Transport {
    @Override
    public void begin() {
      // What bounds requests must not end media.
      asked.ctx().pipeline().remove(IdleStateHandler.class);
      transport.begin();
    }

    @Override
    public void writeOpening(ByteBuf bytes) {
      transport.writeOpening(bytes);
    }

    @Override
    public void end(boolean started, ErrorCode code, String why) {
      asked.host().playEnded(code, why);
      transport.end(started, code, why);
      asked.closeSoon(code);
    }
  }
}
