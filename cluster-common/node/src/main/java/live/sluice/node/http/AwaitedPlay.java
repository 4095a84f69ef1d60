package live.sluice.node.http;

import io.netty.channel.ChannelHandlerContext;
import java.util.concurrent.TimeUnit;
import live.sluice.media.ErrorCode;
import live.sluice.media.MediaForm;
import live.sluice.media.Session;
import live.sluice.media.SluiceException;
import live.sluice.pull.link.SourceWait;
import live.sluice.rtp.RtpStreams;
import org.jspecify.annotations.Nullable;

/**
 * A pull by another node of a stream that this one, its hub, has yet to pull itself: the form in which it comes is not known
 * before. On the connection's loop.
 */
final class AwaitedPlay implements Play {
  /** As long as a node waits that asks by a link, in ms. */
  private static final long PATIENCE_MS = 3_000;

  private final PlayRequest asked;
  private final RtpStreams packets;
  private final SourceWait wait;
  private @Nullable Play begun;
  private boolean closed;

  private AwaitedPlay(PlayRequest asked, RtpStreams packets) {
    this.asked = asked;
    this.packets = packets;
    this.wait =
        new SourceWait(
            asked.server().registry(),
            source -> later(() -> begin(source.form())),
            (code, why) -> later(() -> refuse(code, why)));
  }

  /** Has the stream pulled; what follows is decided when its source is there. */
  static AwaitedPlay begin(PlayRequest asked, RtpStreams packets) {
    asked.describe(Session.Type.NODE_PULL);
    AwaitedPlay play = new AwaitedPlay(asked, packets);
    ChannelHandlerContext ctx = asked.ctx();
    play.wait.begin(asked.key(), ctx.channel().eventLoop());
    ctx.executor()
        .schedule(
            () -> play.refuse(ErrorCode.STREAM_NOT_FOUND, asked.key() + " did not come within " + PATIENCE_MS + " ms"),
            PATIENCE_MS,
            TimeUnit.MILLISECONDS);
    return play;
  }

  private void later(Runnable task) {
    if (!asked.ctx().executor().isShuttingDown()) {
      asked.ctx().executor().execute(task);
    }
  }

  private void begin(MediaForm form) {
    if (closed || begun != null) {
      return;
    }
    try {
      begun = form == MediaForm.PACKETS ? PacketPlay.begin(asked, packets) : FlvPlay.begin(asked);
    } catch (SluiceException e) {
      refuse(e.code(), SluiceException.chainOf(e));
    }
  }

  private void refuse(ErrorCode code, String why) {
    if (!closed && begun == null) {
      closed = true;
      wait.stop();
      asked.refuse(code, why);
    }
  }

  @Override
  public void drain() {
    Play playing = begun;
    if (playing != null) {
      playing.drain();
    }
  }

  @Override
  public void close() {
    closed = true;
    wait.stop();
    Play playing = begun;
    if (playing != null) {
      playing.close();
    }
  }

  @Override
  public @Nullable String source() {
    return asked.source();
  }
}
