package live.sluice.hop.kwik;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import live.sluice.hop.transport.OutStream;
import org.jspecify.annotations.Nullable;
import tech.kwik.core.QuicStream;
import tech.kwik.core.stream.FlowControlUpdateListener;

/**
 * Writes to a stream of kwik, whose calls block, on a virtual thread of its own. It writes little at a time, and is looked
 * after by a {@link StreamWatchdog}, since kwik can forget that a stream has more to send.
 */
final class StreamWriter implements OutStream {
  /** Most bytes of one write: with 32 KB each stream hung sooner or later, with this and the watchdog none. */
  static final int PIECE = 8 << 10;

  private static final byte[] END = new byte[0];

  /** Makes the stream; may block, as the other side bounds how many there are. */
  @FunctionalInterface
  interface Opener {
    QuicStream open() throws IOException;
  }

  private final StreamWatchdog watchdog;
  private final BlockingQueue<byte[]> queue = new LinkedBlockingQueue<>();
  private final AtomicLong waiting = new AtomicLong();
  private volatile @Nullable QuicStream stream;
  private volatile boolean aborted;
  private volatile long drainedBelow;
  private volatile @Nullable Runnable drained;
  private volatile @Nullable Runnable failed;

  /** Opens and writes on a thread that it starts. */
  StreamWriter(StreamWatchdog watchdog, Opener opener) {
    this.watchdog = watchdog;
    Thread.ofVirtual().name("sluice-hop-stream-out").start(() -> run(opener));
  }

  /** Says who is told that the stream can't be written to any more. */
  void onFailure(Runnable task) {
    failed = task;
  }

  @Override
  public void write(byte[] data) {
    if (data.length > 0 && !aborted) {
      waiting.addAndGet(data.length);
      queue.add(data);
    }
  }

  @Override
  public long waiting() {
    return waiting.get();
  }

  @Override
  public void onDrained(long bytes, Runnable task) {
    drainedBelow = bytes;
    drained = task;
  }

  @Override
  public void end() {
    queue.add(END);
  }

  @Override
  public void abort() {
    aborted = true;
    queue.clear();
    queue.add(END);
    QuicStream open = stream;
    if (open != null) {
      open.resetStream(0);
    }
  }

  private void run(Opener opener) {
    try {
      QuicStream made = opener.open();
      stream = made;
      if (aborted) {
        made.resetStream(0);
        return;
      }
      watchdog.add(this);
      OutputStream out = made.getOutputStream();
      for (byte[] data = queue.take(); data != END; data = queue.take()) {
        write(out, data);
      }
      if (!aborted) {
        out.close();
      }
    } catch (IOException e) {
      fail();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      fail();
    } finally {
      watchdog.closeSoon(this);
    }
  }

  private void write(OutputStream out, byte[] data) throws IOException {
    for (int at = 0; at < data.length && !aborted; at += PIECE) {
      int length = Math.min(PIECE, data.length - at);
      out.write(at == 0 && length == data.length ? data : Arrays.copyOfRange(data, at, at + length));
      watchdog.wrote(this);
    }
    long before = waiting.getAndAdd(-data.length);
    Runnable told = drained;
    if (told != null && before >= drainedBelow && before - data.length < drainedBelow) {
      told.run();
    }
  }

  private void fail() {
    aborted = true;
    queue.clear();
    Runnable told = failed;
    if (told != null) {
      told.run();
    }
  }

  /** Makes kwik look again whether there is something to send; does nothing where it knows. */
  void nudge() {
    QuicStream open = stream;
    if (open != null && !aborted && open.getOutputStream() instanceof FlowControlUpdateListener listener) {
      // What kwik does when the other side has room again: it queues a request to send where it knows of none.
      listener.streamNotBlocked(open.getStreamId());
    }
  }
}
