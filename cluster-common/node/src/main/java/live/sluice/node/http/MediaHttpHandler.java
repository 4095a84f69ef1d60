package live.sluice.node.http;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.netty.handler.timeout.IdleStateEvent;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import live.sluice.media.Addresses;
import live.sluice.media.ErrorCode;
import live.sluice.media.Session;
import live.sluice.media.SluiceException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * One connection to the media port: answers its requests in turn, until one of them is for a live stream, which is the rest
 * of the connection. On the connection's loop.
 */
final class MediaHttpHandler extends ChannelInboundHandlerAdapter implements Play.Host {
  private static final Logger LOG = LoggerFactory.getLogger(MediaHttpHandler.class);

  /** Most requests that a client may have sent before it has the answer to the first. */
  private static final int MAX_AHEAD = 32;

  private final MediaHttpServer server;
  private final WholeAnswers whole;
  private @Nullable Session session;
  private @Nullable Play play;
  private @Nullable Future<?> firstRequest;
  private final Queue<HttpRequest> ahead = new ArrayDeque<>();
  private boolean busy;
  private boolean answering;
  private ErrorCode endCode = ErrorCode.OK;
  private String endReason = "";

  MediaHttpHandler(MediaHttpServer server) {
    this.server = server;
    this.whole = new WholeAnswers(server);
  }

  @Override
  public void channelActive(ChannelHandlerContext ctx) {
    try {
      session =
          server
              .sessions()
              .open(
                  Session.Type.HTTP,
                  Addresses.text(ctx.channel().remoteAddress()),
                  (code, why) -> ctx.channel().eventLoop().execute(() -> end(ctx, code, why)));
    } catch (SluiceException e) {
      Responses.send(ctx, server.responses().error(e.code(), String.valueOf(e.getMessage())), false, false);
      return;
    }
    firstRequest =
        ctx.executor()
            .schedule(
                () -> end(ctx, ErrorCode.HANDSHAKE_TIMEOUT, "no request came in time"),
                server.settings().requestTimeout().toMillis(),
                TimeUnit.MILLISECONDS);
    ctx.read();
  }

  /**
   * Reading goes on only when all requests that came are answered: what one read of the socket can bring is the bound of
   * what a client may ask for ahead.
   */
  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    if (message instanceof HttpRequest request) {
      if (play != null || ahead.size() == MAX_AHEAD) {
        end(ctx, ErrorCode.TOO_LARGE, "it asks for more than " + MAX_AHEAD + " things ahead, or while it plays");
      } else {
        ahead.add(request);
      }
    }
    // A body is passed over: no request of ours has one.
    ReferenceCountUtil.release(message);
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext ctx) {
    next(ctx);
    ctx.fireChannelReadComplete();
  }

  private void next(ChannelHandlerContext ctx) {
    Session client = session;
    if (answering || client == null) {
      return;
    }
    answering = true;
    // In a loop, since an answer at once would call this again; and only for a client that takes its answers.
    while (!busy && play == null && !ahead.isEmpty() && ctx.channel().isWritable()) {
      busy = true;
      cancelFirstRequest();
      onRequest(ctx, client, ahead.remove());
    }
    answering = false;
    if (!busy && play == null && ahead.isEmpty() && ctx.channel().isWritable()) {
      ctx.read();
    }
  }

  private void onRequest(ChannelHandlerContext ctx, Session client, HttpRequest request) {
    boolean keepAlive = HttpUtil.isKeepAlive(request);
    boolean head = request.method().equals(HttpMethod.HEAD);
    try {
      if (request.decoderResult().isFailure()) {
        throw unreadable(request.decoderResult().cause());
      }
      if (request.method().equals(HttpMethod.OPTIONS)) {
        answer(ctx, server.responses().preflight(), keepAlive, false);
      } else if (!head && !request.method().equals(HttpMethod.GET)) {
        throw new SluiceException(ErrorCode.NOT_SUPPORTED, request.method() + " is not answered on this port");
      } else {
        route(ctx, client, request, keepAlive, head);
      }
    } catch (SluiceException e) {
      // A page that is not there is no reason to end a connection; whatever else is refused ends it, and is counted.
      if (e.code() != ErrorCode.NOT_FOUND && e.code() != ErrorCode.NOT_SUPPORTED) {
        endCode = e.code();
        endReason = String.valueOf(e.getMessage());
        keepAlive = false;
      }
      answer(ctx, server.responses().error(e.code(), String.valueOf(e.getMessage())), keepAlive, head);
    }
  }

  private static SluiceException unreadable(Throwable cause) {
    boolean large = cause instanceof TooLongHttpLineException || cause instanceof TooLongHttpHeaderException;
    return new SluiceException(
        large ? ErrorCode.TOO_LARGE : ErrorCode.PROTOCOL_ERROR, "the request can't be read: " + cause.getMessage());
  }

  private void route(
      ChannelHandlerContext ctx, Session client, HttpRequest request, boolean keepAlive, boolean head) {
    String host = request.headers().get(HttpHeaderNames.HOST, "");
    MediaTarget target = MediaTarget.parse(request.uri(), host, server.settings().vhostOf());
    String node = server.nodes().nodeOf(request);
    switch (target) {
      case MediaTarget.Flv flv -> {
        if (head) {
          throw new SluiceException(ErrorCode.NOT_SUPPORTED, "HEAD is not answered for a live stream");
        }
        play = new PlayRequest(ctx, server, client, request, flv, node, this).begin();
        // From here on only the end of the connection is of interest, and it shows in a read.
        ctx.channel().config().setAutoRead(true);
        log(client, "play started")
            .addKeyValue("source", play.source())
            .addKeyValue("node", node)
            .addKeyValue("via", client.detail("via"))
            .log();
      }
      case MediaTarget.Playlist playlist ->
          answerLater(ctx, whole.playlist(playlist, client, request, node), keepAlive, head);
      case MediaTarget.Segment segment -> answerLater(ctx, whole.segment(segment, node), keepAlive, head);
      case MediaTarget.Page page -> answerLater(ctx, whole.page(page, request), keepAlive, head);
    }
  }

  private void answer(ChannelHandlerContext ctx, FullHttpResponse response, boolean keepAlive, boolean head) {
    Session client = session;
    if (client != null) {
      client.countSent(response.content().readableBytes());
    }
    Responses.send(ctx, response, keepAlive, head);
    busy = false;
    if (keepAlive) {
      next(ctx);
    }
  }

  private void answerLater(
      ChannelHandlerContext ctx,
      CompletionStage<FullHttpResponse> stage,
      boolean keepAlive,
      boolean head) {
    stage.whenComplete(
        (response, failure) -> {
          FullHttpResponse sent =
              response != null
                  ? response
                  : server
                      .responses()
                      .error(
                          SluiceException.codeOf(failure),
                          failure == null ? "" : SluiceException.chainOf(failure));
          if (ctx.executor().inEventLoop()) {
            answer(ctx, sent, keepAlive, head);
          } else if (ctx.executor().isShuttingDown()) {
            sent.release();
          } else {
            ctx.executor().execute(() -> answer(ctx, sent, keepAlive, head));
          }
        });
  }

  private static LoggingEventBuilder log(Session client, String event) {
    return LOG.atInfo()
        .setMessage(event)
        .addKeyValue("session", client.id())
        .addKeyValue("type", client.type().label())
        .addKeyValue("stream", client.stream())
        .addKeyValue("remote", client.remote());
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext ctx) {
    Play playing = play;
    if (ctx.channel().isWritable()) {
      if (playing != null) {
        playing.drain();
      } else {
        next(ctx);
      }
    }
    ctx.fireChannelWritabilityChanged();
  }

  // ---- the play ----

  @Override
  public void playEnded(ErrorCode code, String why) {
    endCode = code;
    endReason = why;
  }

  // ---- the end ----

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    // A player that waits for its publisher is idle too, and bounded by the stream.
    if (event instanceof IdleStateEvent && play == null) {
      ctx.close();
    }
  }

  private void end(ChannelHandlerContext ctx, ErrorCode code, String why) {
    if (endCode == ErrorCode.OK) {
      endCode = code;
      endReason = why;
    }
    ctx.close();
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    cancelFirstRequest();
    Play ended = play;
    String source = ended == null ? null : ended.source();
    if (ended != null) {
      ended.close();
    }
    Session client = session;
    if (client != null) {
      session = null;
      if (play != null || endCode != ErrorCode.OK) {
        logEnd(client, source);
      }
      server.sessions().close(client, endCode);
    }
  }

  private void logEnd(Session client, @Nullable String source) {
    long seconds = (server.ticker().wallMillis() - client.startedWallMs()) / 1000;
    log(client, play != null ? "play ended" : "session ended")
        .addKeyValue("source", source)
        .addKeyValue("code", endCode.label())
        .addKeyValue("why", endReason)
        .addKeyValue("seconds", seconds)
        .addKeyValue("bytes", client.sentBytes())
        .addKeyValue("dropped", client.droppedFrames())
        .log();
  }

  private void cancelFirstRequest() {
    Future<?> timer = firstRequest;
    if (timer != null) {
      timer.cancel(false);
      firstRequest = null;
    }
  }

  @Override
  @SuppressWarnings("deprecation") // Netty's own deprecation: there is no other place to see a pipeline's exceptions.
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    boolean broken = cause instanceof IOException;
    if (!broken && !(cause instanceof SluiceException) && !(cause instanceof DecoderException)) {
      LOG.warn("session {}: an HTTP connection failed in a way that is not foreseen", session, cause);
    }
    ErrorCode code =
        broken
            ? ErrorCode.CONNECTION_LOST
            : cause instanceof DecoderException
                ? ErrorCode.PROTOCOL_ERROR
                : SluiceException.codeOf(cause);
    end(ctx, code, SluiceException.chainOf(cause));
  }
}
