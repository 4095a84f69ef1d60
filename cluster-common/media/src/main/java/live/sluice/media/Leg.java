package live.sluice.media;

import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.EventLoop;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The readers of a stream that live on one event loop, want one wire form and share one write window. The stream's loop
 * gathers frames for it and hands them over in one batch per window; the readers' loop keeps them in a ring and walks
 * its readers. Fields say which loop owns them.
 */
final class Leg {
  private final Stream stream;
  private final EventLoop loop;
  private final WireForm form;
  private final long windowMs;

  // The stream's loop.
  private List<Frame> pending = new ArrayList<>();
  private long pendingSinceNanos;
  private boolean flushScheduled;
  private int members;

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
    if (pending.isEmpty()) {
      pendingSinceNanos = stream.ticker().nanos();
    }
    pending.add(frame.retain());
    if (windowMs == 0) {
      flush();
    } else if (!flushScheduled) {
      flushScheduled = true;
      stream.loop().schedule(this::scheduledFlush, windowMs, TimeUnit.MILLISECONDS);
    }
  }

  private void scheduledFlush() {
    flushScheduled = false;
    flush();
  }

  private void flush() {
    if (!pending.isEmpty()) {
      List<Frame> batch = pending;
      long sinceNanos = pendingSinceNanos;
      pending = new ArrayList<>(batch.size() + 4);
      run(() -> deliver(batch, sinceNanos), () -> batch.forEach(Frame::release));
    }
  }

  /** Adds a reader that begins with {@code first}, which holds references for it. */
  void admit(Reader reader, Frame[] first, boolean startsAtKeyframe, boolean audio, boolean video) {
    members++;
    flush();
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
    flush();
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

  private void deliver(List<Frame> batch, long sinceNanos) {
    long now = nowMs();
    for (int i = 0; i < batch.size(); i++) {
      Frame frame = batch.get(i);
      hasAudio |= frame.kind() == MediaKind.AUDIO;
      hasVideo |= frame.kind() == MediaKind.VIDEO;
      if (dead) {
        frame.release();
      } else {
        ring.add(frame, now);
      }
    }
    // Backwards: a reader that ends itself leaves the list, and the last one takes its place.
    for (int i = readers.size() - 1; i >= 0; i--) {
      readers.get(i).drain();
    }
    trim();
    if (!dead) {
      stream.forwarded(windowMs, stream.ticker().nanos() - sinceNanos);
    }
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
