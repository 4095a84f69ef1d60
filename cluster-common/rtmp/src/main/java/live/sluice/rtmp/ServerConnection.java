package live.sluice.rtmp;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.util.concurrent.ScheduledFuture;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import live.sluice.media.Addresses;
import live.sluice.media.ErrorCode;
import live.sluice.media.PlayOptions;
import live.sluice.media.Session;
import live.sluice.media.SluiceException;
import live.sluice.rtmp.MessageStreams.MessageStream;
import live.sluice.rtmp.chunk.MessageDecoder;
import live.sluice.rtmp.chunk.RtmpMessage;
import live.sluice.rtmp.command.Command;
import live.sluice.rtmp.command.ConnectInfo;
import live.sluice.rtmp.command.Query;
import live.sluice.rtmp.command.Status;
import live.sluice.rtmp.command.StreamName;
import live.sluice.rtmp.handshake.HandshakeDone;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * A client's connection, from accept to end. Whatever goes wrong in its pipeline ends this session alone, with a code
 * and one line in the log. On the channel's loop.
 */
final class ServerConnection extends MessageHandler implements Publishing.Host, Playing.Host {
  private static final Logger log = LoggerFactory.getLogger(ServerConnection.class);

  private final RtmpServer server;
  private final RtmpServerSettings settings;
  private final Channel channel;
  private final MessageDecoder decoder;
  private final Session session;
  private final Outbox outbox;
  private final MessageStreams streams;
  private final ServerCommands commands;
  private final long startedMs;
  private @Nullable ScheduledFuture<?> deadline;
  private String tcUrl = "";
  private boolean handshaken;
  private boolean choked;
  private boolean ended;

  /**
   * A connection that was accepted.
   *
   * @throws SluiceException TOO_MANY_CONNECTIONS
   */
  ServerConnection(RtmpServer server, Channel channel) {
    this.server = server;
    this.settings = server.settings();
    this.channel = channel;
    this.session =
        server.sessions().open(Session.Type.RTMP, Addresses.text(channel.remoteAddress()), this::endFromAnywhere);
    this.decoder = new MessageDecoder(settings.chunkBounds(), session::countReceived);
    this.outbox = new Outbox(channel, session::countSent);
    this.streams = new MessageStreams(settings.maxStreams());
    this.commands = new ServerCommands(this, streams, outbox, settings.maxUrlLength());
    this.startedMs = server.ticker().millis();
  }

  /** The handler that stands before this one. */
  MessageDecoder decoder() {
    return decoder;
  }

  Vhosts vhosts() {
    return server.vhosts();
  }

  // ---- what comes in ----

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    if (event == HandshakeDone.EVENT) {
      handshaken = true;
      changed();
    }
    ctx.fireUserEventTriggered(event);
  }

  @Override
  boolean isEnded() {
    return ended;
  }

  @Override
  void onMedia(RtmpMessage message) {
    Publishing publishing = streams.publisherOn(message.streamId());
    if (publishing != null) {
      publishing.message(message);
    }
  }

  @Override
  void onCommand(Command command) {
    commands.handle(command);
    outbox.flush();
    choked = !channel.isWritable();
    pauseIfNeeded();
  }

  /** While a gate decides, media must not be lost; while answers pile up, no further questions are taken. */
  private void pauseIfNeeded() {
    if (ended) {
      return;
    }
    ChannelHandlerContext ctx = channel.pipeline().context(this);
    if (ctx == null) {
      return;
    }
    if (choked || streams.anyPending()) {
      decoder.pause(ctx);
    } else {
      decoder.resume(ctx);
    }
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext ctx) {
    if (channel.isWritable()) {
      for (MessageStream stream : List.copyOf(streams.all())) {
        Playing playing = stream.playing();
        if (playing != null) {
          playing.drain();
        }
      }
      if (choked) {
        choked = false;
        pauseIfNeeded();
      }
    }
    ctx.fireChannelWritabilityChanged();
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    end(ErrorCode.OK, "the client closed the connection");
  }

  @Override
  @SuppressWarnings("deprecation") // deprecated for outbound handlers only
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable failure) {
    ErrorCode code = Failures.code(failure);
    if (code == ErrorCode.INTERNAL && !ended) {
      log.atError().addKeyValue("session", session.id()).setCause(failure).log("a defect ended an RTMP session");
    }
    end(code, Failures.text(failure));
  }

  // ---- what commands begin ----

  void connected(ConnectInfo info) {
    session.detail("tcUrl", Query.before(info.tcUrl()));
    session.detail("pageUrl", info.pageUrl());
    session.detail("agent", info.agent());
    log.atInfo()
        .addKeyValue("session", session.id())
        .addKeyValue("remote", session.remote())
        .addKeyValue("app", Shown.text(Query.before(info.app())))
        .addKeyValue("agent", Shown.text(info.agent()))
        .log("RTMP client connected");
    tcUrl = info.tcUrl();
    changed();
  }

  void publish(MessageStream stream, StreamName name) {
    session.become(Session.Type.RTMP_PUBLISH, name.key());
    Publishing publishing = new Publishing(stream.id(), name, session, channel.eventLoop(), this);
    stream.publish(publishing);
    changed();
    publishing.start(server.gate(), tcUrl);
  }

  @Override
  public void publishStarted(Publishing publishing) {
    log.atInfo()
        .addKeyValue("session", session.id())
        .addKeyValue("stream", publishing.name().key())
        .log("publish began");
    outbox.streamBegin(publishing.streamId());
    outbox.status(publishing.streamId(), Status.ok(Status.PUBLISH_START, "publishing " + publishing.name().key()));
    outbox.flush();
    changed();
    pauseIfNeeded();
  }

  @Override
  public void publishEnded(Publishing publishing, ErrorCode code, String why) {
    end(code, why);
  }

  void play(MessageStream stream, StreamName name, boolean reset) {
    session.become(Session.Type.RTMP_PLAY, name.key());
    PlayOptions parameters = PlayOptions.parse(name.param(), vhosts().windowMs(name.key().vhost()));
    Playing playing =
        new Playing(stream.id(), name, parameters, reset, session, channel, outbox, server.registry(), this);
    stream.play(playing);
    log.atInfo().addKeyValue("session", session.id()).addKeyValue("stream", name.key()).log("play began");
    changed();
    try {
      server.playGate().check(name.key(), name.param());
      playing.open();
    } catch (SluiceException e) {
      stream.stop();
      throw e;
    }
  }

  @Override
  public void playEnded(Playing playing, ErrorCode code, String why) {
    MessageStream stream = streams.find(playing.streamId());
    if (ended || stream == null || stream.playing() != playing) {
      return;
    }
    if (streams.all().stream().allMatch(each -> each == stream || each.isIdle())) {
      end(code, why);
    } else {
      tellEnd(stream, code, why);
      stream.stop();
      outbox.flush();
      changed();
    }
  }

  // ---- time limits ----

  /** Sets the time limit that fits what the connection does now. */
  void changed() {
    ScheduledFuture<?> old = deadline;
    deadline = null;
    if (old != null) {
      old.cancel(false);
    }
    if (ended || !handshaken) {
      return;
    }
    if (!commands.isConnected()) {
      limit(settings.handshakeTimeout(), ErrorCode.HANDSHAKE_TIMEOUT, "no connect came");
    } else if (streams.allIdle()) {
      limit(settings.commandTimeout(), ErrorCode.HANDSHAKE_TIMEOUT, "it neither published nor played");
    } else if (streams.anyPending()) {
      limit(settings.commandTimeout(), ErrorCode.CLUSTER_UNAVAILABLE, "the publish was not decided");
    } else if (streams.onlyPaused()) {
      limit(settings.pauseLimit(), ErrorCode.PLAYER_STUCK, "it was paused");
    }
  }

  private void limit(Duration time, ErrorCode code, String what) {
    deadline =
        channel
            .eventLoop()
            .schedule(
                () -> end(code, what + " within " + time.toSeconds() + " s"), time.toMillis(), TimeUnit.MILLISECONDS);
  }

  // ---- the end ----

  void endFromAnywhere(ErrorCode code, String why) {
    if (!channel.eventLoop().isShuttingDown()) {
      channel.eventLoop().execute(() -> end(code, why));
    }
  }

  /** Ends the session; only the first call counts. */
  void end(ErrorCode code, String why) {
    if (ended) {
      return;
    }
    for (MessageStream stream : streams.all()) {
      tellEnd(stream, code, why);
    }
    ended = true;
    changed();
    decoder.stop();
    for (MessageStream stream : streams.all()) {
      stream.stop();
    }
    server.ended(this, session, code);
    logEnd(code, why);
    if (handshaken && code != ErrorCode.CONNECTION_LOST) {
      Farewell.close(channel);
    } else {
      channel.close();
    }
  }

  private void tellEnd(MessageStream stream, ErrorCode code, String why) {
    if (!channel.isActive()) {
      return;
    }
    if (stream.publishing() != null && code != ErrorCode.OK) {
      outbox.status(stream.id(), Status.publishRefused(code, why));
    }
    if (stream.playing() != null) {
      outbox.status(stream.id(), Status.playEnded(code, why));
      outbox.streamEof(stream.id());
    }
  }

  private void logEnd(ErrorCode code, String why) {
    // Those who check whether the port is open come often, and say nothing.
    boolean silent = code == ErrorCode.OK && !handshaken;
    log.atLevel(silent ? Level.DEBUG : Level.INFO)
        .addKeyValue("session", session.id())
        .addKeyValue("type", session.type().label())
        .addKeyValue("stream", session.stream() == null ? "" : session.stream())
        .addKeyValue("code", code.label())
        .addKeyValue("duration_ms", server.ticker().millis() - startedMs)
        .addKeyValue("recv_bytes", session.receivedBytes())
        .addKeyValue("send_bytes", session.sentBytes())
        .addKeyValue("dropped", session.droppedFrames())
        .log("RTMP session ended: {}", why);
  }
}
