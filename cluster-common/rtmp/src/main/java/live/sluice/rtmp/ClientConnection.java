package live.sluice.rtmp;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.EventLoop;
import io.netty.handler.timeout.IdleState;
import io.netty.handler.timeout.IdleStateEvent;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import live.sluice.container.amf.AmfNull;
import live.sluice.container.amf.AmfObject;
import live.sluice.media.ErrorCode;
import live.sluice.media.Session;
import live.sluice.rtmp.chunk.ControlMessages;
import live.sluice.rtmp.chunk.MessageDecoder;
import live.sluice.rtmp.command.Command;
import live.sluice.rtmp.command.Status;
import live.sluice.rtmp.handshake.HandshakeDone;
import org.jspecify.annotations.Nullable;

/**
 * What playing and publishing share: from the handshake to a message stream, time limits, and the end. Everything on
 * the connection's loop.
 */
abstract class ClientConnection extends MessageHandler {
  private static final int CONNECT = 1;
  private static final int WINDOW = 2_500_000;

  private final RtmpUrl url;
  private final EventLoop loop;
  private final MessageDecoder decoder;
  private final LongConsumer sent;
  private final ScheduledFuture<?> deadline;
  private @Nullable Channel channel;
  private @Nullable Outbox outbox;
  private int streamRequest = CONNECT;
  private int lastTransaction = CONNECT;
  private boolean started;
  private boolean ended;

  ClientConnection(RtmpUrl url, EventLoop loop, RtmpClientSettings settings, @Nullable Session session) {
    this.url = url;
    this.loop = loop;
    this.sent = session == null ? bytes -> {} : session::countSent;
    this.decoder = new MessageDecoder(settings.chunkBounds(), session == null ? bytes -> {} : session::countReceived);
    long limit = settings.connectTimeout().toMillis();
    this.deadline =
        loop.schedule(
            () -> end(ErrorCode.UPSTREAM_FAILED, url + " did not begin within " + limit + " ms"),
            limit,
            TimeUnit.MILLISECONDS);
  }

  /** The server agreed to connect: asks for a message stream, and whatever else comes before it. */
  abstract void onConnected(Outbox out);

  /** There is a message stream: asks to play or publish on it. */
  abstract void onStream(Outbox out, int streamId);

  abstract void onStatus(Status status);

  /** It is over; called once. */
  abstract void onEnded(ErrorCode code, String why);

  /**
   * After it had started, nothing was read for the idle time.
   *
   * @param stuck whether nothing could be sent either
   */
  abstract void onIdle(boolean stuck);

  RtmpUrl url() {
    return url;
  }

  EventLoop loop() {
    return loop;
  }

  MessageDecoder decoder() {
    return decoder;
  }

  @Override
  boolean isEnded() {
    return ended;
  }

  /** Its channel; null before the connection was tried. */
  @Nullable Channel channel() {
    return channel;
  }

  @Nullable Outbox outbox() {
    return outbox;
  }

  void attach(Channel made) {
    channel = made;
    outbox = new Outbox(made, sent);
    if (ended) {
      made.close();
    }
  }

  /** The stream began: the time limit is off. */
  void started() {
    started = true;
    deadline.cancel(false);
  }

  boolean isStarted() {
    return started;
  }

  /** A number for a command that is answered. */
  int nextTransaction() {
    return ++lastTransaction;
  }

  void createStream(Outbox out) {
    streamRequest = nextTransaction();
    out.command(0, "createStream", streamRequest, AmfNull.NULL);
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    Outbox out = outbox;
    if (event == HandshakeDone.EVENT && out != null) {
      connect(out);
    } else if (event instanceof IdleStateEvent idle && started && !ended) {
      onIdle(idle.state() == IdleState.ALL_IDLE);
    }
  }

  private void connect(Outbox out) {
    AmfObject object =
        AmfObject.object()
            .put("app", url.app())
            .put("type", "nonprivate")
            .put("flashVer", "FMLE/3.0 (compatible; Sluice)")
            .put("tcUrl", url.tcUrl())
            .put("fpad", false)
            .put("capabilities", 15)
            .put("audioCodecs", 4071)
            .put("videoCodecs", 252)
            .put("videoFunction", 1)
            .put("objectEncoding", 0);
    out.command(0, "connect", CONNECT, object);
    out.flush();
  }

  @Override
  void onCommand(Command command) {
    Outbox out = outbox;
    if (out == null) {
      return;
    }
    switch (command.name()) {
      case "_result" -> result(command, out);
      case "_error" -> error(command);
      case "onStatus" -> onStatus(Status.of(command.object(0)));
      case "close" -> end(ErrorCode.UPSTREAM_FAILED, url + " was closed by the server");
      default -> {}
    }
    out.flush();
  }

  private void result(Command command, Outbox out) {
    if (command.transaction() == CONNECT) {
      out.write(ControlMessages.windowAckSize(out.alloc(), WINDOW));
      out.setChunkSize();
      onConnected(out);
    } else if (command.transaction() == streamRequest) {
      onStream(out, (int) command.number(0, 1));
    }
  }

  private void error(Command command) {
    if (command.transaction() == CONNECT || command.transaction() == streamRequest) {
      Status status = Status.of(command.object(0));
      end(status.errorCode(), refusal(status));
    }
  }

  String refusal(Status status) {
    return url + " was refused: " + status.code() + (status.description().isEmpty() ? "" : ", " + status.description());
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    end(ErrorCode.CONNECTION_LOST, "the server of " + url + " closed the connection");
  }

  @Override
  @SuppressWarnings("deprecation") // deprecated for outbound handlers only
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable failure) {
    end(Failures.code(failure), url + " failed: " + Failures.text(failure));
  }

  /** Ends it and says so; only the first call counts. */
  void end(ErrorCode code, String why) {
    if (finish()) {
      Channel made = channel;
      if (made != null) {
        made.close();
      }
      onEnded(code, why);
    }
  }

  /** Ends it silently; whether it was not over before. */
  boolean finish() {
    if (ended) {
      return false;
    }
    ended = true;
    deadline.cancel(false);
    decoder.stop();
    return true;
  }
}
