package live.sluice.rtmp;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import live.sluice.container.amf.AmfNull;
import live.sluice.media.ErrorCode;
import live.sluice.media.Frame;
import live.sluice.media.MediaKind;
import live.sluice.media.Session;
import live.sluice.media.SluiceException;
import live.sluice.media.Ticker;
import live.sluice.rtmp.chunk.RtmpMessage;
import live.sluice.rtmp.command.Status;
import org.jspecify.annotations.Nullable;

/**
 * A client that publishes. Where the server takes less than it is sent, whole GOPs are lost: pictures up to the next
 * keyframe, and sound as long as nothing can be written.
 */
final class ClientPublish extends ClientConnection implements PublishTarget {
  /** So that an answer which is late by one ping does no harm. */
  private static final int PINGS_PER_IDLE_TIME = 3;

  private final CompletableFuture<PublishTarget> answer;
  private final Owner owner;
  private final LongConsumer sent;
  private final long idleMs;
  private final long writeHighBytes;
  private final Ticker ticker = Ticker.SYSTEM;
  private int streamId;
  private boolean waitKeyframe;
  private long stuckSinceMs;
  private boolean stuck;
  private @Nullable ScheduledFuture<?> pings;

  ClientPublish(
      RtmpUrl url,
      EventLoop loop,
      RtmpClientSettings settings,
      @Nullable Session session,
      CompletableFuture<PublishTarget> answer,
      Owner owner) {
    super(url, loop, settings, session);
    this.answer = answer;
    this.owner = owner;
    this.idleMs = settings.idleTimeout().toMillis();
    this.writeHighBytes = settings.writeHighBytes();
    this.sent = session == null ? bytes -> {} : session::countSent;
  }

  @Override
  void onConnected(Outbox out) {
    out.command(0, "releaseStream", nextTransaction(), AmfNull.NULL, url().stream());
    out.command(0, "FCPublish", nextTransaction(), AmfNull.NULL, url().stream());
    createStream(out);
  }

  @Override
  void onStream(Outbox out, int id) {
    streamId = id;
    out.command(id, "publish", nextTransaction(), AmfNull.NULL, url().stream(), "live");
  }

  @Override
  void onStatus(Status status) {
    if (status.code().equals(Status.PUBLISH_START)) {
      started();
      startPings();
      answer.complete(this);
    } else if (status.isError()) {
      end(status.errorCode(), refusal(status));
    }
  }

  /**
   * A server has nothing to say to a publisher, and the system takes what is sent for minutes after the other machine
   * is gone. So we ask, and the answers tell that it is there.
   */
  private void startPings() {
    if (pings == null) {
      long interval = Math.max(1, idleMs / PINGS_PER_IDLE_TIME);
      pings = loop().scheduleAtFixedRate(this::ping, interval, interval, TimeUnit.MILLISECONDS);
    }
  }

  private void ping() {
    Channel to = channel();
    Outbox out = outbox();
    if (to != null && out != null && to.isWritable()) {
      out.ping((int) ticker.millis());
      out.flush();
    }
  }

  @Override
  void onIdle(boolean nothingSent) {
    // While something of ours still waits to be sent, a ping does too: on a slow line its answer may take its time.
    if (nothingSent || nothingWaits()) {
      end(ErrorCode.CONNECTION_LOST, "the server of " + url() + " gave no sign of life for " + idleMs + " ms");
    }
  }

  private boolean nothingWaits() {
    Channel to = channel();
    ChannelOutboundBuffer waiting = to == null ? null : to.unsafe().outboundBuffer();
    return waiting == null || waiting.isEmpty();
  }

  @Override
  boolean finish() {
    ScheduledFuture<?> running = pings;
    pings = null;
    if (running != null) {
      running.cancel(false);
    }
    return super.finish();
  }

  @Override
  void onMedia(RtmpMessage message) {
    // A server has nothing to say to a publisher in these.
  }

  @Override
  void onEnded(ErrorCode code, String why) {
    if (!answer.completeExceptionally(new SluiceException(code, why))) {
      owner.onEnded(code, why);
    }
  }

  @Override
  public void frame(Frame frame) {
    try {
      Channel to = channel();
      if (to != null && !isEnded() && takes(to, frame)) {
        ByteBuf bytes = RtmpForm.onStream(RtmpForm.RTMP.encode(frame, to.alloc()), streamId);
        sent.accept(bytes.readableBytes());
        to.writeAndFlush(bytes, to.voidPromise());
      }
    } finally {
      frame.release();
    }
  }

  private boolean takes(Channel to, Frame frame) {
    boolean video = frame.kind() == MediaKind.VIDEO;
    if (!to.isWritable()) {
      long now = ticker.millis();
      if (!stuck) {
        stuck = true;
        stuckSinceMs = now;
      } else if (now - stuckSinceMs > idleMs) {
        end(ErrorCode.CONNECTION_LOST, url() + " took nothing for " + idleMs / 1_000 + " s");
        return false;
      }
      waitKeyframe |= video && !frame.config();
      return frame.config() && hasRoomForConfig(to);
    }
    stuck = false;
    if (waitKeyframe && video && !frame.config()) {
      waitKeyframe = !frame.keyframe();
    }
    return !waitKeyframe || !video || frame.config();
  }

  /**
   * Configuration is not dropped at the mark, since all that follows depends on it; but a publisher that sends new ones
   * without end must not pile them up here.
   */
  private boolean hasRoomForConfig(Channel to) {
    // Writable again means down to the low mark, which is half of the high one.
    if (to.bytesBeforeWritable() <= 2 * writeHighBytes - writeHighBytes / 2) {
      return true;
    }
    end(ErrorCode.CONNECTION_LOST, url() + " takes less configuration than is published");
    return false;
  }

  @Override
  public void close() {
    if (!loop().inEventLoop()) {
      if (!loop().isShuttingDown()) {
        loop().execute(this::close);
      }
      return;
    }
    Outbox out = outbox();
    Channel made = channel();
    if (finish() && made != null && out != null) {
      if (streamId > 0 && made.isActive()) {
        out.command(0, "FCUnpublish", nextTransaction(), AmfNull.NULL, url().stream());
        out.command(0, "deleteStream", nextTransaction(), AmfNull.NULL, streamId);
      }
      Farewell.close(made);
    }
  }
}
