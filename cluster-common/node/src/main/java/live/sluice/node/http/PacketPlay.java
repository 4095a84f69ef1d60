package live.sluice.node.http;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.timeout.IdleStateHandler;
import io.netty.util.CharsetUtil;
import live.sluice.media.ErrorCode;
import live.sluice.media.MediaForm;
import live.sluice.media.Publication;
import live.sluice.media.Session;
import live.sluice.media.SluiceException;
import live.sluice.pull.packets.PacketHop;
import live.sluice.pull.packets.PacketSender;
import live.sluice.rtp.RtpStream;
import live.sluice.rtp.RtpStreams;
import org.jspecify.annotations.Nullable;

/** One pull of a stream of packets by another node. On the connection's loop. */
final class PacketPlay implements Play {
  /** How long a source that is there may take to tell its tracks, in ms. */
  private static final long PATIENCE_MS = 1_000;

  private static final String HEAD =
      "HTTP/1.1 101 Switching Protocols\r\nServer: Sluice\r\nConnection: Upgrade\r\nUpgrade: "
          + PacketHop.UPGRADE
          + "\r\n\r\n";

  private final PlayRequest asked;
  private @Nullable PacketSender sender;
  private boolean closed;

  private PacketPlay(PlayRequest asked) {
    this.asked = asked;
  }

  /**
   * Begins to serve.
   *
   * @throws SluiceException where it is refused; nothing has been written then
   */
  static PacketPlay begin(PlayRequest asked, RtpStreams packets) {
    asked.describe(Session.Type.NODE_PULL);
    PacketPlay play = new PacketPlay(asked);
    ChannelHandlerContext ctx = asked.ctx();
    packets
        .open(asked.key(), ctx.channel().eventLoop(), PATIENCE_MS)
        .whenComplete((stream, failure) -> play.onLoop(stream, failure));
    return play;
  }

  /** From the stream's loop. */
  private void onLoop(@Nullable RtpStream stream, @Nullable Throwable failure) {
    if (!asked.ctx().executor().isShuttingDown()) {
      asked.ctx().executor().execute(() -> opened(stream, failure));
    } else if (stream != null) {
      stream.release();
    }
  }

  private void opened(@Nullable RtpStream stream, @Nullable Throwable failure) {
    if (stream == null) {
      refuse(SluiceException.codeOf(failure), failure == null ? "" : SluiceException.chainOf(failure));
    } else if (closed) {
      stream.release();
    } else if (!comesAsPackets(stream)) {
      stream.release();
      refuse(ErrorCode.STREAM_ENDED, asked.key() + " is published anew");
    } else {
      start(stream);
    }
  }

  /** A source of frames may have come in the meantime: it crosses nodes as frames. */
  private static boolean comesAsPackets(RtpStream stream) {
    Publication source = stream.source();
    return source != null && source.form() == MediaForm.PACKETS;
  }

  private void refuse(ErrorCode code, String why) {
    if (!closed) {
      closed = true;
      asked.refuse(code, why);
    }
  }

  private void start(RtpStream stream) {
    ChannelHandlerContext ctx = asked.ctx();
    PacketSender made = new PacketSender(ctx.channel(), stream, asked.client(), this::streamEnded);
    sender = made;
    // What bounds requests must not end media.
    ctx.pipeline().remove(IdleStateHandler.class);
    ctx.pipeline().addBefore(ctx.name(), "packet-requests", made.requests());
    ctx.pipeline().remove(HttpServerCodec.class);
    ctx.write(Unpooled.copiedBuffer(HEAD, CharsetUtil.US_ASCII));
    made.start();
  }

  private void streamEnded(ErrorCode code, String why) {
    asked.host().playEnded(code, why);
    asked.closeSoon(code);
  }

  @Override
  public void drain() {
    PacketSender sending = sender;
    if (sending != null) {
      sending.drain();
    }
  }

  @Override
  public void close() {
    closed = true;
    PacketSender sending = sender;
    if (sending != null) {
      sending.close();
    }
  }

  @Override
  public @Nullable String source() {
    return asked.source();
  }
}
