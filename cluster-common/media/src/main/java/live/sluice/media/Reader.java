package live.sluice.media;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * One player of a stream: a cursor into its leg's ring, and a sink. It never holds frames of its own but for the GOP it
 * starts with. When it falls behind its bound it loses whole GOPs, up to the newest keyframe there is or the next that
 * comes, never part of a frame, and never a codec configuration.
 *
 * <p>Make it with the connection, give it to {@link StreamRegistry#play}, and {@link #close} it when the connection
 * ends. Owned by the sink's loop; the counters may be read from any thread.
 */
public final class Reader {
  private final ReaderSink sink;
  private final WireForm form;
  private final TrackFilter filter;
  private final long windowMs;
  private final Session session;

  private @Nullable Leg leg;
  private Frame @Nullable [] backlog;
  private int backlogNext;
  private long cursor;
  private boolean waitKeyframe;
  private boolean seenKeyframe;
  private boolean started;
  private boolean hasVideo;
  private volatile boolean closed;
  private long lastProgressMs;

  /**
   * A reader that has not joined yet.
   *
   * @param windowMs for how long frames are gathered before they are written together, in ms; 0 for at once
   * @param session whose counters to keep, and whose detail {@code latency} tells the window
   */
  public Reader(ReaderSink sink, WireForm form, TrackFilter filter, long windowMs, Session session) {
    this.sink = sink;
    this.form = form;
    this.filter = filter;
    this.windowMs = windowMs;
    this.session = session;
    session.detail("latency", LatencyProfile.labelOf(windowMs));
  }

  ReaderSink sink() {
    return sink;
  }

  WireForm form() {
    return form;
  }

  long windowMs() {
    return windowMs;
  }

  /** The session it belongs to. */
  public Session session() {
    return session;
  }

  /** Whether it was closed. */
  boolean isClosed() {
    return closed;
  }

  /** Begins with {@code first}, which it takes over, and goes on with the leg's next frame. On the sink's loop. */
  void join(Leg joined, Frame[] first, boolean startsAtKeyframe, boolean video, long nowMs) {
    leg = joined;
    backlog = first;
    cursor = joined.ring().head();
    waitKeyframe = !startsAtKeyframe;
    hasVideo = video;
    lastProgressMs = nowMs;
    drain();
  }

  /** Whether it is at frame {@code from}, where {@code batch} begins, and takes all of it as it is. */
  boolean keepsUp(long from, Batch batch) {
    return cursor == from
        && started
        && backlog == null
        && !waitKeyframe
        && (seenKeyframe || !batch.hasVideo())
        && filter == TrackFilter.ALL
        && sink.takesMerged()
        && sink.writable();
  }

  /** Writes all of {@code batch}, of which {@code merged} are the bytes; for one that {@link #keepsUp}. */
  void write(ByteBuf merged, Batch batch) {
    Leg mine = leg;
    if (closed || mine == null) {
      return;
    }
    hasVideo |= batch.hasVideo();
    cursor = mine.ring().head();
    session.countSent(batch.mediaFrames(), merged.readableBytes());
    lastProgressMs = mine.nowMs();
    sink.write(merged.retainedDuplicate());
    sink.flush();
  }

  /** Writes what the sink takes. On the sink's loop: after each batch, and when the sink can take more. */
  public void drain() {
    Leg mine = leg;
    if (closed || mine == null) {
      return;
    }
    FrameRing ring = mine.ring();
    boolean wrote = false;
    // What is flushed makes room at once where the player keeps up, so that a burst is not taken for slowness.
    while (writeAll(ring)) {
      wrote = true;
      sink.flush();
    }
    boundLag(mine, ring);
    if (wrote) {
      lastProgressMs = mine.nowMs();
    } else if (cursor == ring.head() && backlog == null && sink.writable()) {
      // There is nothing to write. One that can't write either is stuck: it may be here because it skipped to live.
      lastProgressMs = mine.nowMs();
    } else if (mine.nowMs() - lastProgressMs > mine.settings().readerStuck().toMillis()) {
      end(ErrorCode.PLAYER_STUCK, "it read nothing for " + mine.settings().readerStuck().toSeconds() + " s");
    }
  }

  /** Writes until there is nothing left or no room; whether something was written. */
  private boolean writeAll(FrameRing ring) {
    if (closed) {
      return false;
    }
    boolean wrote = writeBacklog();
    if (backlog == null) {
      wrote |= writeRing(ring);
    }
    return wrote;
  }

  private boolean writeBacklog() {
    Frame[] first = backlog;
    if (first == null) {
      return false;
    }
    boolean wrote = false;
    while (backlogNext < first.length && sink.writable()) {
      Frame frame = first[backlogNext++];
      wrote |= write(frame);
      frame.release();
    }
    if (backlogNext == first.length) {
      backlog = null;
    }
    return wrote;
  }

  private boolean writeRing(FrameRing ring) {
    boolean wrote = false;
    while (cursor < ring.head() && sink.writable()) {
      Frame frame = ring.at(cursor++);
      if (frame.kind() == MediaKind.VIDEO) {
        hasVideo = true;
      }
      if (waitKeyframe && !frame.config()) {
        if (!isStart(frame)) {
          if (started) {
            session.countDropped(frame);
          }
          continue;
        }
        waitKeyframe = false;
      }
      wrote |= write(frame);
    }
    return wrote;
  }

  private boolean isStart(Frame frame) {
    return (hasVideo && filter.passes(MediaKind.VIDEO))
        ? frame.kind() == MediaKind.VIDEO && frame.keyframe()
        : frame.kind() == MediaKind.AUDIO;
  }

  private boolean write(Frame frame) {
    if (!filter.passes(frame.kind())) {
      return false;
    }
    if (frame.kind() == MediaKind.VIDEO && !frame.config()) {
      // Sound may come before the first keyframe of a stream; pictures that refer to it can't.
      seenKeyframe |= frame.keyframe();
      if (!seenKeyframe) {
        session.countDropped(frame);
        return false;
      }
    }
    if (!started) {
      started = true;
      Leg mine = leg;
      boolean audio = mine == null || mine.hasAudio();
      boolean video = mine == null || mine.hasVideo();
      sink.onStart(audio && filter.passes(MediaKind.AUDIO), video && filter.passes(MediaKind.VIDEO));
    }
    ByteBuf bytes = frame.ready(form);
    session.countSent(frame, bytes.readableBytes());
    sink.write(bytes.retainedDuplicate());
    return true;
  }

  /** Where it is too far behind: drops what is left of the backlog, and goes to the newest keyframe. */
  private void boundLag(Leg mine, FrameRing ring) {
    boolean late = ring.millisFrom(cursor) > mine.settings().readerLag().toMillis();
    if (!late && ring.bytesFrom(cursor) <= mine.settings().readerBytes()) {
      return;
    }
    releaseBacklog();
    long target = ring.head();
    for (long n = ring.head() - 1; n > cursor; n--) {
      if (isStart(ring.at(n)) && !ring.at(n).config()) {
        target = n;
        break;
      }
    }
    session.countSkip();
    for (; cursor < target; cursor++) {
      Frame frame = ring.at(cursor);
      if (frame.config()) {
        write(frame);
      } else {
        session.countDropped(frame);
      }
    }
    waitKeyframe = target == ring.head();
  }

  /** Number of the frame it needs next. */
  long cursor() {
    return cursor;
  }

  private void releaseBacklog() {
    Frame[] first = backlog;
    if (first != null) {
      for (; backlogNext < first.length; backlogNext++) {
        session.countDropped(first[backlogNext]);
        first[backlogNext].release();
      }
      backlog = null;
    }
  }

  /** Ends it from the stream's side. On the sink's loop. */
  void end(ErrorCode code, String why) {
    if (!closed) {
      close();
      sink.onEnd(code, why);
    }
  }

  /** Leaves the stream; on the sink's loop. More calls do nothing. */
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    releaseBacklog();
    Leg mine = leg;
    if (mine != null) {
      mine.leave(this);
    }
  }
}
