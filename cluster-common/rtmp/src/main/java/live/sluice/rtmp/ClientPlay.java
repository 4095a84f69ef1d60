package live.sluice.rtmp;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import live.sluice.container.amf.AmfNull;
import live.sluice.container.flv.FlvBodyReader;
import live.sluice.container.flv.TimestampUnwrapper;
import live.sluice.media.ErrorCode;
import live.sluice.media.Frame;
import live.sluice.media.MediaKind;
import live.sluice.media.Session;
import live.sluice.rtmp.chunk.ControlMessages;
import live.sluice.rtmp.chunk.RtmpMessage;
import live.sluice.rtmp.command.Status;
import org.jspecify.annotations.Nullable;

/** A client that plays. */
final class ClientPlay extends ClientConnection implements RtmpPlay {
  private static final int BUFFER_MS = 1_000;

  /** Live if there is such a stream, else recorded (section 7.2.2.1). */
  private static final int LIVE_FIRST = -2;

  private final Listener listener;
  private final FlvBodyReader bodies = new FlvBodyReader();
  private final TimestampUnwrapper clock = new TimestampUnwrapper();

  ClientPlay(
      RtmpUrl url, EventLoop loop, RtmpClientSettings settings, @Nullable Session session, Listener listener) {
    super(url, loop, settings, session);
    this.listener = listener;
  }

  @Override
  void onConnected(Outbox out) {
    createStream(out);
  }

  @Override
  void onStream(Outbox out, int streamId) {
    out.write(ControlMessages.setBufferLength(out.alloc(), streamId, BUFFER_MS));
    out.command(streamId, "play", nextTransaction(), AmfNull.NULL, url().stream(), LIVE_FIRST);
  }

  @Override
  void onStatus(Status status) {
    switch (status.code()) {
      case Status.PLAY_START -> begin();
      case Status.PLAY_UNPUBLISH, Status.PLAY_STOP, "NetStream.Play.Complete" ->
          end(ErrorCode.STREAM_ENDED, url() + " ended: " + status.code());
      default -> {
        if (status.isError()) {
          end(status.errorCode(), refusal(status));
        }
      }
    }
  }

  private void begin() {
    if (!isStarted()) {
      started();
      listener.started();
    }
  }

  @Override
  void onMedia(RtmpMessage message) {
    ByteBuf body = message.payload();
    Frame frame = bodies.read(message.type(), clock.unwrap(message.timestamp()), body);
    if (frame == null) {
      return;
    }
    // Status in data messages, such as NetStream.Data.Start, is between server and client.
    if (frame.kind() == MediaKind.DATA && !frame.config()) {
      frame.release();
      return;
    }
    begin();
    if (isEnded()) {
      frame.release();
    } else {
      listener.frame(frame);
    }
  }

  @Override
  void onIdle(boolean stuck) {
    end(ErrorCode.UPSTREAM_FAILED, url() + " brought nothing for too long");
  }

  @Override
  void onEnded(ErrorCode code, String why) {
    listener.ended(code, why);
  }

  @Override
  public void close() {
    if (!loop().inEventLoop()) {
      if (!loop().isShuttingDown()) {
        loop().execute(this::close);
      }
    } else if (finish()) {
      Channel made = channel();
      if (made != null) {
        made.close();
      }
    }
  }
}
