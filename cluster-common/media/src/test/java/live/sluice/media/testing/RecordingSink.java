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
  private final Runnable settle;
  private final List<String> got = new CopyOnWriteArrayList<>();
  private volatile boolean writable = true;
  private volatile @Nullable ErrorCode ended;
  private volatile int flushes;
  private volatile int writes;

  /** A sink on that loop. */
  public RecordingSink(EventLoop loop) {
    this(loop, () -> {});
  }

  /** A sink on that loop; {@code settle} is run before anybody is told what came, to let things come. */
  public RecordingSink(EventLoop loop, Runnable settle) {
    this.loop = loop;
    this.settle = settle;
  }

  /** Whether it takes more. */
  public void setWritable(boolean can) {
    writable = can;
  }

  /** What it got. */
  public List<String> got() {
    settle.run();
    return got;
  }

  /** How often it was flushed. */
  public int flushes() {
    settle.run();
    return flushes;
  }

  /** How many buffers it was given. */
  public int writes() {
    settle.run();
    return writes;
  }

  /** How it ended; null while it has not. */
  public @Nullable ErrorCode ended() {
    settle.run();
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
  @SuppressWarnings("NonAtomicVolatileUpdate") // Only the loop writes it.
  public void write(ByteBuf bytes) {
    writes++;
    for (int at = 0; at < bytes.readableBytes(); at += TestForm.BYTES) {
      String flag = ((char) bytes.getByte(at + 9) + "").strip();
      got.add("" + (char) bytes.getByte(at + 8) + bytes.getLong(at) + flag);
    }
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
