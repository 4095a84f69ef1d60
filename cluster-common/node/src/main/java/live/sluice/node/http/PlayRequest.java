package live.sluice.node.http;

import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;
import java.util.concurrent.TimeUnit;
import live.sluice.media.ErrorCode;
import live.sluice.media.MediaForm;
import live.sluice.media.Publication;
import live.sluice.media.Session;
import live.sluice.media.SluiceException;
import live.sluice.media.Stream;
import live.sluice.media.StreamKey;
import live.sluice.pull.NodeCredential;
import live.sluice.pull.packets.PacketHop;
import live.sluice.rtp.RtpStreams;
import org.jspecify.annotations.Nullable;

/**
 * A request for a live stream, with all that is needed to serve it. On the connection's loop.
 *
 * @param node the node that asks; null for a player
 */
record PlayRequest(
    ChannelHandlerContext ctx,
    MediaHttpServer server,
    Session client,
    HttpRequest request,
    MediaTarget.Flv flv,
    @Nullable String node,
    Play.Host host) {

  /** How long a player may take to read that it ends, in ms. */
  private static final long FAREWELL_MS = 2_000;

  /**
   * Begins to play, in the form that is asked for and can be had.
   *
   * @throws SluiceException where it is refused; nothing has been written then
   */
  Play begin() {
    if (node == null) {
      PlayToken.check(server.settings().tokens(), request);
    } else {
      server.nodes().refuseUnlessOwner(key());
      RtpStreams packets = server.packets();
      if (packets != null && PacketHop.isNamed(request.headers())) {
        Publication source = publication();
        if (source == null) {
          return AwaitedPlay.begin(this, packets);
        }
        if (source.form() == MediaForm.PACKETS) {
          return PacketPlay.begin(this, packets);
        }
      }
    }
    return FlvPlay.begin(this);
  }

  StreamKey key() {
    return flv.key();
  }

  private @Nullable Publication publication() {
    Stream stream = server.registry().find(key());
    return stream == null ? null : stream.source();
  }

  /** The session that brings the stream to this node; null where there is none now. */
  @Nullable String source() {
    Publication source = publication();
    return source == null ? null : source.session().id();
  }

  /** Says of the session what it is for, and what the client said of itself. */
  void describe(Session.Type type) {
    client.become(type, key());
    client.detail("url", request.uri());
    client.detail("agent", request.headers().get(HttpHeaderNames.USER_AGENT, ""));
    client.detail("pageUrl", request.headers().get(HttpHeaderNames.REFERER, ""));
    if (node != null) {
      client.detail("node", node);
      client.detail("via", request.headers().get(NodeCredential.SESSION_HEADER, ""));
    }
  }

  /** Answers that it is not played; only where nothing has been written. */
  void refuse(ErrorCode code, String why) {
    host.playEnded(code, why);
    Responses.send(ctx, server.responses().error(code, why), false, false);
  }

  /** Closes the connection when the client has had the time to read why it ends. */
  void closeSoon(ErrorCode code) {
    // What says that it ends stands behind what a player that is stuck does not take.
    long graceMs = code == ErrorCode.PLAYER_STUCK ? 0 : FAREWELL_MS;
    ctx.executor().schedule(() -> ctx.close(), graceMs, TimeUnit.MILLISECONDS);
  }
}
