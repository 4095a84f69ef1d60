package live.sluice.node.http;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.timeout.IdleStateHandler;
import java.util.concurrent.TimeUnit;
import live.sluice.container.flv.FlvForm;
import live.sluice.media.ErrorCode;
import live.sluice.media.PlayOptions;
import live.sluice.media.Publication;
import live.sluice.media.Reader;
import live.sluice.media.Session;
import live.sluice.media.SluiceException;
import live.sluice.media.Stream;
import live.sluice.media.StreamKey;
import live.sluice.pull.NodeCredential;
import org.jspecify.annotations.Nullable;

/**
 * One play of FLV, over HTTP or WebSocket, by a player or by another node: the rest of a connection, from the request on.
 * On the connection's loop.
 */
final class FlvPlay {
  /** How long a player may take to read that it ends, in ms. */
  private static final long FAREWELL_MS = 2_000;

  /** The connection, as a play sees it. */
  interface Host {
    /** The stream's side ended it; the connection is closed soon. */
    void playEnded(ErrorCode code, String why);
  }

  private final MediaHttpServer server;
  private final StreamKey key;
  private final Reader reader;

  private FlvPlay(MediaHttpServer server, StreamKey key, Reader reader) {
    this.server = server;
    this.key = key;
    this.reader = reader;
  }

  /**
   * Begins to play.
   *
   * @param node the node that asks; null for a player
   * @throws SluiceException where it is refused; nothing has been written then
   */
  static FlvPlay begin(
      ChannelHandlerContext ctx,
      MediaHttpServer server,
      Session client,
      HttpRequest request,
      MediaTarget.Flv flv,
      @Nullable String node,
      Host host) {
    StreamKey key = flv.key();
    boolean webSocket = "websocket".equalsIgnoreCase(request.headers().get(HttpHeaderNames.UPGRADE, ""));
    if (node != null) {
      server.nodes().refuseUnlessOwner(key);
    }
    client.become(type(node, webSocket), key);
    long usual = server.settings().latency().apply(key.vhost()).windowMs();
    PlayOptions options = PlayOptions.parse(flv.query(), usual);
    describe(client, request, node);
    HttpPlayerSink.Transport transport =
        webSocket
            ? new WebSocketTransport(ctx, server.responses(), webSocketKey(request))
            : new HttpFlvTransport(ctx, server.responses(), server.settings().corsOrigin());
    HttpPlayerSink sink = new HttpPlayerSink(ctx.channel(), new Hosted(ctx, transport, host));
    Reader reader =
        new Reader(sink, webSocket ? WsFlvForm.WS_FLV : FlvForm.FLV, options.filter(), options.windowMs(), client);
    server.registry().play(key, reader);
    return new FlvPlay(server, key, reader);
  }

  private static Session.Type type(@Nullable String node, boolean webSocket) {
    if (node != null) {
      return Session.Type.NODE_PULL;
    }
    return webSocket ? Session.Type.WS_FLV_PLAY : Session.Type.FLV_PLAY;
  }

  private static void describe(Session client, HttpRequest request, @Nullable String node) {
    client.detail("url", request.uri());
    client.detail("agent", request.headers().get(HttpHeaderNames.USER_AGENT, ""));
    client.detail("pageUrl", request.headers().get(HttpHeaderNames.REFERER, ""));
    if (node != null) {
      client.detail("node", node);
      client.detail("via", request.headers().get(NodeCredential.SESSION_HEADER, ""));
    }
  }

  private static String webSocketKey(HttpRequest request) {
    String key = request.headers().get("Sec-WebSocket-Key", "");
    if (key.length() != 24 || !request.headers().contains("Sec-WebSocket-Version", "13", true)) {
      throw new SluiceException(ErrorCode.BAD_REQUEST, "the WebSocket handshake is not one of RFC 6455, version 13");
    }
    return key;
  }

  /** The connection can take more. */
  void drain() {
    reader.drain();
  }

  /** The connection has ended. */
  void close() {
    reader.close();
  }

  /** The session that brings the stream to this node: the publisher's, or the pull's; null where there is none now. */
  @Nullable String source() {
    Stream stream = server.registry().find(key);
    Publication source = stream == null ? null : stream.source();
    return source == null ? null : source.session().id();
  }

  /** A transport whose connection is told of its beginning and its end. */
  private record Hosted(ChannelHandlerContext ctx, HttpPlayerSink.Transport transport, Host host)
      implements HttpPlayerSink.Transport {
    @Override
    public void begin() {
      // What bounds requests must not end media.
      ctx.pipeline().remove(IdleStateHandler.class);
      transport.begin();
    }

    @Override
    public void writeOpening(ByteBuf bytes) {
      transport.writeOpening(bytes);
    }

    @Override
    public void end(boolean started, ErrorCode code, String why) {
      host.playEnded(code, why);
      transport.end(started, code, why);
      // What says that it ends stands behind what a player that is stuck does not take.
      long graceMs = code == ErrorCode.PLAYER_STUCK ? 0 : FAREWELL_MS;
      ctx.executor().schedule(() -> ctx.close(), graceMs, TimeUnit.MILLISECONDS);
    }
  }
}
