package live.sluice.media.testing;

import io.netty.buffer.ByteBuf;
import io.netty.channel.EventLoop;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import live.sluice.media.ErrorCode;
import live.sluice.media.ReaderSink;
import org.jspecify.annotations.Nullable;

/** A sink that writes down what it gets in {@link TestForm}, as {@code v40k}: kind, time, flag. */
public final class RecordingSink implements ReaderSink {
  private final EventLoop loop;
  private final List<String> got = new CopyOnWriteArrayList<>();
  private volatile boolean writable = true;
  private volatile @Nullable ErrorCode ended;
  private volatile int flushes;

  /** A sink on that loop. */
  public RecordingSink(EventLoop loop) {
    this.loop = loop;
  }

  /** Whether it takes more. */
  public void setWritable(boolean can) {
    writable = can;
  }

  /** What it got. */
  public List<String> got() {
    return got;
  }

  /** How often it was flushed. */
  public int flushes() {
    return flushes;
  }

  /** How it ended; null while it has not. */
  public @Nullable ErrorCode ended() {
    return ended;
  }

  @Override
  public EventLoop loop() {
    return loop;
  }

  @Override
  public boolean writable() {
    return writable;
  }

  @Override
  public void write(ByteBuf bytes) {
    got.add("" + (char) bytes.getByte(8) + bytes.getLong(0) + ((char) bytes.getByte(9) + "").strip());
    bytes.release();
  }

  @Override
  @SuppressWarnings("NonAtomicVolatileUpdate") // Only the loop writes it.
  public void flush() {
    flushes++;
  }

  @Override
  public void onStart(boolean hasAudio, boolean hasVideo) {
    got.add("start" + (hasAudio ? " audio" : "") + (hasVideo ? " video" : ""));
  }

  @Override
  public void onEnd(ErrorCode code, String why) {
    ended = code;
  }
}
