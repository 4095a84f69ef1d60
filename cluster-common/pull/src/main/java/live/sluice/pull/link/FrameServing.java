package live.sluice.pull.link;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.EventLoop;
import live.sluice.container.flv.FlvForm;
import live.sluice.container.flv.FlvHeader;
import live.sluice.hop.link.Serving;
import live.sluice.hop.transport.OutStream;
import live.sluice.media.ErrorCode;
import live.sluice.media.Reader;
import live.sluice.media.ReaderSink;
import live.sluice.media.Session;
import live.sluice.media.TrackFilter;
import org.jspecify.annotations.Nullable;

/** A stream of frames for another node, as FLV over a stream of the link. On the link's loop. */
final class FrameServing implements ReaderSink {
  /** Bytes that wait for the link before frames are left out: a second of 8 Mb/s. */
  private static final long MOST_WAITING = 1 << 20;

  private final Serving serving;
  private final Session session;
  private final long epoch;
  private final Reader reader;
  private @Nullable OutStream out;

  FrameServing(Serving serving, long epoch, Session session) {
    this.serving = serving;
    this.session = session;
    this.epoch = epoch;
    this.reader = new Reader(this, FlvForm.FLV, TrackFilter.ALL, 0, session);
    serving.onClosed(reader::close);
  }

  Reader reader() {
    return reader;
  }

  @Override
  public EventLoop loop() {
    return serving.link().loop();
  }

  @Override
  public boolean writable() {
    OutStream stream = out;
    return stream == null || stream.waiting() < MOST_WAITING;
  }

  @Override
  public void write(ByteBuf bytes) {
    OutStream stream = out;
    if (stream != null) {
      stream.write(ByteBufUtil.getBytes(bytes));
    }
    bytes.release();
  }

  @Override
  public void flush() {
    // The stream's own thread writes as soon as there is something.
  }

  @Override
  public void onStart(boolean hasAudio, boolean hasVideo) {
    OutStream stream = serving.frames(epoch, session);
    out = stream;
    stream.onDrained(MOST_WAITING / 2, () -> serving.link().run(reader::drain));
    stream.write(FlvHeader.bytes(hasAudio, hasVideo));
  }

  @Override
  public void onEnd(ErrorCode code, String why) {
    serving.end(code, why, null);
  }
}
