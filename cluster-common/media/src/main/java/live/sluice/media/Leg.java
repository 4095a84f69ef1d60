package live.sluice.media;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.EventLoop;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The readers of a stream that live on one event loop, want one wire form and share one write window. The stream's loop
 * gathers frames for it and hands them over in one batch per window; the readers' loop keeps them in a ring and walks
 * its readers. A reader that keeps up gets the batch as one buffer, which all of them share; any other is served frame
 * by frame from the ring. Fields say which loop owns them.
 *
 * <p>A batch is handed over when the one before it has been written: where the readers' loop is late, batches grow in
 * place of a queue of tasks.
 */
final class Leg {
  private final Stream stream;
  private final EventLoop loop;
  private final WireForm form;
  private final long windowMs;

  // The stream's loop.
  private final Runnable flushTask = this::scheduledFlush;
  private final Runnable lateTask = this::flush;
  private Batch filling = new Batch();
  private Batch resting = new Batch();
  private boolean flushScheduled;
  private int members;

  // Both.
  private final AtomicInteger inFlight = new AtomicInteger();
  private volatile boolean late;

  // The readers' loop.
  private final FrameRing ring = new FrameRing();
  private final List<Reader> readers = new ArrayList<>();
  private boolean hasAudio;
  private boolean hasVideo;
  private boolean dead;

  Leg(Stream stream, EventLoop loop, WireForm form, long windowMs) {
    this.stream = stream;
    this.loop = loop;
    this.form = form;
    this.windowMs = windowMs;
  }

  boolean matches(Reader reader) {
    return loop == reader.sink().loop() && form == reader.form() && windowMs == reader.windowMs();
  }

  // ---- on the stream's loop ----

  void append(Frame frame) {
    frame.encoded(form, ByteBufAllocator.DEFAULT);
    filling.add(frame.retain(), form, stream.ticker().nanos());
    if (!flushScheduled) {
      flushScheduled = true;
      if (windowMs == 0) {
        // After what else was read at this moment: frames that came in one packet go out in one.
        stream.loop().execute(flushTask);
      } else {
        stream.loop().schedule(flushTask, windowMs, TimeUnit.MILLISECONDS);
      }
    }
  }

  private void scheduledFlush() {
    flushScheduled = false;
    flush();
  }

  private void flush() {
    if (filling.isEmpty()) {
      return;
    }
    if (inFlight.get() > 0) {
      late = true;
      if (inFlight.get() > 0) {
        return; // whoever ends what is in flight sees that more waits
      }
      late = false;
    }
    Batch batch = filling;
    filling = resting;
    resting = batch;
    handOver(batch);
  }

  /** Hands over what there is, whatever is under way, so that what is run on the readers' loop next comes after it. */
  private void flushInOrder() {
    if (!filling.isEmpty()) {
      Batch batch = filling;
      filling = new Batch();
      handOver(batch);
    }
  }

  private void handOver(Batch batch) {
    inFlight.incrementAndGet();
    run(
        () -> deliver(batch),
        () -> {
          batch.release();
          inFlight.decrementAndGet();
        });
  }

  /** Adds a reader that begins with {@code first}, which holds references for it. */
  void admit(Reader reader, Frame[] first, boolean startsAtKeyframe, boolean audio, boolean video) {
    members++;
    flushInOrder();
    Runnable drop =
        () -> {
          for (Frame frame : first) {
            frame.release();
          }
        };
    run(
        () -> {
          if (reader.isClosed()) {
            drop.run();
            stream.readerLeft(this);
            return;
          }
          hasAudio |= audio;
          hasVideo |= video;
          readers.add(reader);
          reader.join(this, first, startsAtKeyframe, video, nowMs());
          trim();
        },
        drop);
  }

  /** One reader fewer; whether none is left. */
  boolean dismiss() {
    members--;
    return members == 0;
  }

  int members() {
    return members;
  }

  /** The stream lets go of this leg: no reader is left, or all must end. */
  void dispose(ErrorCode code, String why) {
    flushInOrder();
    run(
        () -> {
          for (Reader reader : List.copyOf(readers)) {
            reader.end(code, why);
          }
          dead = true;
          ring.trim(ring.head());
        },
        () -> ring.trim(ring.head()));
  }

  /** Where the readers' loop is shut down already, what they would have got is only released. */
  private void run(Runnable task, Runnable otherwise) {
    if (loop == stream.loop()) {
      task.run();
    } else if (loop.isShuttingDown()) {
      otherwise.run();
    } else {
      loop.execute(task);
    }
  }

  // ---- on the readers' loop ----

  private void deliver(Batch batch) {
    try {
      if (dead) {
        batch.release();
        return;
      }
      hasAudio |= batch.hasAudio();
      hasVideo |= batch.hasVideo();
      long from = ring.head();
      batch.handOver(ring, nowMs());
      write(batch, from);
      trim();
      stream.forwarded(windowMs, stream.ticker().nanos() - batch.sinceNanos());
    } finally {
      batch.clear();
      inFlight.decrementAndGet();
      if (late) {
        late = false;
        stream.run(lateTask);
      }
    }
  }

  private void write(Batch batch, long from) {
    ByteBuf merged = null;
    if (batch.worthMerging(readers.size()) && anyKeepsUp(from, batch)) {
      merged = batch.merged(form, ByteBufAllocator.DEFAULT);
    }
    try {
      // Backwards: a reader that ends leaves the list, and the last one takes its place. A connection with two of them
      // takes both along.
      for (int i = readers.size() - 1; i >= 0; i = Math.min(i, readers.size()) - 1) {
        Reader reader = readers.get(i);
        if (merged != null && reader.keepsUp(from, batch)) {
          reader.write(merged, batch);
        } else {
          reader.drain();
        }
      }
    } finally {
      if (merged != null) {
        merged.release();
      }
    }
  }

  private boolean anyKeepsUp(long from, Batch batch) {
    for (int i = 0; i < readers.size(); i++) {
      if (readers.get(i).keepsUp(from, batch)) {
        return true;
      }
    }
    return false;
  }

  private void trim() {
    long oldest = ring.head();
    for (int i = 0; i < readers.size(); i++) {
      oldest = Math.min(oldest, readers.get(i).cursor());
    }
    ring.trim(oldest);
  }

  void leave(Reader reader) {
    int at = readers.indexOf(reader);
    if (at >= 0) {
      readers.set(at, readers.getLast());
      readers.removeLast();
      stream.readerLeft(this);
    }
  }

  FrameRing ring() {
    return ring;
  }

  boolean hasAudio() {
    return hasAudio;
  }

  boolean hasVideo() {
    return hasVideo;
  }

  long nowMs() {
    return stream.ticker().millis();
  }

  MediaSettings settings() {
    return stream.settings();
  }
}
