package live.sluice.media;

import org.jspecify.annotations.Nullable;

/**
 * A source's hold on a stream, from its start to its end: a publisher's, or a pull's. Thread-safe, but frames are to be
 * handed over from one thread, best the stream's own loop.
 */
public final class Publication {

  /** Told when a publication ends that its source did not end. On the stream's loop. */
  public interface Owner {
    /** Somebody else has the stream now, or it was idle or kicked; frames are ignored from now on. */
    void onPublicationEnded(ErrorCode code, String why);

    /**
     * Somebody wants frames of a source that brings {@link MediaForm#PACKETS}, or nobody does any more. They begin with a
     * keyframe as soon as one can be had.
     */
    default void onFramesWanted(boolean wanted) {}
  }

  private final Stream stream;
  private final StreamEntry entry;
  private final Session session;
  private final Owner owner;
  private final boolean local;
  private final MediaForm form;
  private final long startedWallMs;
  private volatile boolean closed;

  // The stream's loop.
  private long lastFrameMs;

  Publication(Stream stream, StreamEntry entry, Session session, Owner owner, boolean local, MediaForm form) {
    this.stream = stream;
    this.entry = entry;
    this.session = session;
    this.owner = owner;
    this.local = local;
    this.form = form;
    this.startedWallMs = stream.ticker().wallMillis();
    this.lastFrameMs = stream.ticker().millis();
  }

  /** The stream it feeds. */
  public Stream stream() {
    return stream;
  }

  /** Owner and epoch: ours for a publisher, the upstream's for a pull. */
  public StreamEntry entry() {
    return entry;
  }

  /** The session that brings the frames. */
  public Session session() {
    return session;
  }

  /** Whether the publisher is connected to this node; else the stream is pulled. */
  public boolean isLocal() {
    return local;
  }

  /** In what form its media comes. */
  public MediaForm form() {
    return form;
  }

  /** Says that the source is alive though it hands over no frames. On the stream's loop. */
  public void alive() {
    touched(stream.ticker().millis());
  }

  /** Tells a track whose media does not come as frames. On the stream's loop. */
  public void announce(Track track) {
    if (!closed) {
      stream.announce(this, track);
    }
  }

  void framesWanted(boolean wanted) {
    owner.onFramesWanted(wanted);
  }

  /** Wall clock in ms at its start. */
  public long startedWallMs() {
    return startedWallMs;
  }

  /** Hands over a frame, which is released in the end whatever happens. */
  public void frame(Frame frame) {
    if (stream.loop().inEventLoop()) {
      stream.accept(this, frame);
    } else if (closed || stream.loop().isShuttingDown()) {
      frame.release();
    } else {
      stream.loop().execute(() -> stream.accept(this, frame));
    }
  }

  /** Ends it from the source's side: its readers stay, and wait for another source. More calls do nothing. */
  public void close() {
    if (!closed) {
      closed = true;
      stream.run(() -> stream.sourceEnded(this));
    }
  }

  /** Ends it from the other side. On the stream's loop. */
  void end(ErrorCode code, String why) {
    if (!closed) {
      closed = true;
      stream.sourceEnded(this);
      owner.onPublicationEnded(code, why);
    }
  }

  boolean isClosed() {
    return closed;
  }

  void touched(long nowMs) {
    lastFrameMs = nowMs;
  }

  long lastFrameMs() {
    return lastFrameMs;
  }

  /** What the stream's track of that kind is, null while it is not known. From any thread. */
  public @Nullable Track track(MediaKind kind) {
    return stream.track(kind);
  }
}
