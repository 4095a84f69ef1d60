package live.sluice.media;

import io.netty.channel.EventLoop;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One stream of a node: at most one source, many readers, one owner. Everything here belongs to its event loop; methods
 * that may be called from elsewhere say so.
 *
 * <p>A stream lives while it has a source, a reader or a tap's packager, and a little longer. Without a source and with
 * readers it pulls, by {@link Upstream}. Readers that came before the stream's tracks are known wait until they are, so
 * that all of them get a complete opening.
 */
public final class Stream {
  private final StreamKey key;
  private final EventLoop loop;
  private final StreamRegistry registry;

  private final Timeline timeline = new Timeline();
  private final Opening opening;
  private final Audience audience;
  private final List<FrameTap> taps = new ArrayList<>();
  private final FrameDemand frameDemand;
  private Upstream.@Nullable Pull pull;
  private final Checkup checkup;
  private long sourcelessSinceMs;
  private boolean reserved;
  private boolean closed;

  // Written by the loop, read from anywhere.
  private volatile @Nullable Publication source;
  private final CurrentTracks tracks = new CurrentTracks();

  Stream(StreamKey key, EventLoop loop, StreamRegistry registry) {
    this.key = key;
    this.loop = loop;
    this.registry = registry;
    this.opening = new Opening(registry.settings().gopBytes(), registry.settings().gopFrames());
    this.audience = new Audience(this, opening);
    this.frameDemand = new FrameDemand(registry.settings().pullLinger().toMillis());
    this.sourcelessSinceMs = registry.ticker().millis();
    this.checkup = new Checkup(loop, this::check, this::isCalm);
  }

  /** Its name. */
  public StreamKey key() {
    return key;
  }

  /** The loop that owns it. */
  public EventLoop loop() {
    return loop;
  }

  /** The source there is now, null when there is none; from any thread. */
  public @Nullable Publication source() {
    return source;
  }

  /** Number of readers, waiting ones included; from any thread. */
  public int readerCount() {
    return audience.count();
  }

  /** The current track of that kind, null where there is none; from any thread. */
  public @Nullable Track track(MediaKind kind) {
    return tracks.of(kind);
  }

  Ticker ticker() {
    return registry.ticker();
  }

  MediaSettings settings() {
    return registry.settings();
  }

  void forwarded(long windowMs, long nanos) {
    registry.forwarded(windowMs, nanos);
  }

  /** Runs {@code task} on the stream's loop: now when we are on it. From any thread. */
  public void run(Runnable task) {
    if (loop.inEventLoop()) {
      task.run();
    } else if (!loop.isShuttingDown()) {
      loop.execute(task);
    }
  }

  // ---- life ----

  void start() {
    checkup.start();
  }

  private boolean isCalm() {
    Publication now = source;
    return now != null && now.isLocal() && !audience.anyWaits();
  }

  boolean isClosed() {
    return closed;
  }

  /** Holds the stream for a publisher whose claim is under way. */
  void reserve() {
    reserved = true;
  }

  boolean isReserved() {
    return reserved;
  }

  void unreserve() {
    reserved = false;
  }

  private void check() {
    long now = ticker().millis();
    Publication current = source;
    if (current != null && now - current.lastFrameMs() > settings().publishIdle().toMillis()) {
      current.end(ErrorCode.PUBLISH_IDLE, "it sent nothing for " + settings().publishIdle().toSeconds() + " s");
    }
    audience.checkWaiting(source != null, now);
    checkFrames(now);
    if (source == null && audience.anyTakesPart() && now - sourcelessSinceMs > settings().playerKeep().toMillis()) {
      audience.end(
          ErrorCode.STREAM_ENDED, "nobody published it again within " + settings().playerKeep().toSeconds() + " s");
    }
    long awayMs = audience.awayMs(now);
    if (audience.isEmpty()) {
      boolean lingered = awayMs > settings().pullLinger().toMillis();
      // A pull that found nothing has nothing to keep: names that nobody publishes must not pile up.
      if (pull != null && (lingered || source == null)) {
        stopPull();
      }
      if (source == null && pull == null && !reserved && (lingered || now - sourcelessSinceMs > Checkup.SOON_MS)) {
        close();
      }
    }
  }

  /** Asks a source of packets for frames, at once where somebody wants some. */
  private void wantFrames() {
    if (anybodyWantsFrames()) {
      frameDemand.ask(source);
    }
  }

  private boolean anybodyWantsFrames() {
    return audience.anyReads() || !taps.isEmpty();
  }

  private void checkFrames(long now) {
    if (frameDemand.isOver(anybodyWantsFrames(), now)) {
      opening.clear();
      frameDemand.drop(source);
    }
  }

  /** Ends every reader and the source: the node stops. */
  void shutDown(ErrorCode code, String why) {
    Publication last = source;
    if (last != null) {
      last.end(code, why);
    }
    audience.end(code, why);
    close();
  }

  private void close() {
    if (closed) {
      return;
    }
    closed = true;
    stopPull();
    opening.clear();
    checkup.stop();
    registry.removed(this);
  }

  // ---- sources ----

  /**
   * Connects a source that feeds the stream from now on; one that was there before is ended. On the stream's loop.
   *
   * @param local whether it is a publisher of this node; else it is a pull
   */
  public Publication connect(StreamEntry entry, Session session, boolean local, Publication.Owner owner) {
    return connect(entry, local, new StreamRegistry.Publisher(session, owner, MediaForm.FRAMES));
  }

  /** The same for a source whose media comes in a form of its own. */
  public Publication connect(StreamEntry entry, boolean local, StreamRegistry.Publisher publisher) {
    Publication before = source;
    if (before != null) {
      before.end(ErrorCode.PUBLISH_REPLACED, "another source has the stream now");
    }
    Publication next = new Publication(this, entry, publisher.session(), publisher.owner(), local, publisher.form());
    source = next;
    if (local) {
      stopPull();
    }
    timeline.sourceChanged();
    frameDemand.sourceChanged();
    registry.sourceConnected(this, next);
    audience.sourceConnected(next);
    wantFrames();
    return next;
  }

  void sourceEnded(Publication ended) {
    if (source != ended) {
      return;
    }
    source = null;
    sourcelessSinceMs = ticker().millis();
    opening.clear();
    tracks.clear();
    for (FrameTap tap : taps) {
      tap.onSourceEnded();
    }
    frameDemand.sourceChanged();
    registry.sourceEnded(this, ended);
    audience.sourceEnded(ended);
    if (ended.isLocal() && audience.count() > 0 && !closed) {
      pullIfNeeded();
    }
  }

  private void pullIfNeeded() {
    if (source == null && pull == null && !closed) {
      pull = registry.upstream().pull(this);
    }
  }

  private void stopPull() {
    Upstream.Pull old = pull;
    pull = null;
    if (old != null) {
      old.stop();
    }
  }

  /** Takes a frame from its source; releases it. */
  void accept(Publication from, Frame frame) {
    try {
      if (from != source || closed) {
        return;
      }
      from.touched(ticker().millis());
      if (frame.config() && opening.isKnown(frame)) {
        return;
      }
      timeline.place(frame);
      boolean wasSettled = opening.isSettled();
      if (opening.learn(frame)) {
        show(frame.track());
      }
      for (int i = 0; i < taps.size(); i++) {
        taps.get(i).onFrame(frame);
      }
      audience.append(frame);
      if (!wasSettled && opening.isSettled()) {
        audience.admitWaiting();
      }
    } finally {
      frame.release();
    }
  }

  void announce(Publication from, Track track) {
    if (from == source && !closed) {
      show(track);
    }
  }

  private void show(Track track) {
    tracks.set(track);
    registry.trackChanged(this);
  }

  // ---- readers ----

  /** Adds a reader; false when the stream is closed and another one must be made. */
  boolean attach(Reader reader) {
    if (closed) {
      return false;
    }
    audience.join(reader);
    if (!opening.isSettled()) {
      pullIfNeeded();
      wantFrames();
      checkup.soon();
    }
    return true;
  }

  /** Adds a follower, unless it follows already. On the stream's loop. */
  public void follow(StreamFollower follower) {
    if (closed || !audience.follow(follower)) {
      return;
    }
    Publication current = source;
    if (current != null) {
      follower.onSource(current);
    } else {
      pullIfNeeded();
    }
  }

  /** Lets a follower go. On the stream's loop. */
  public void unfollow(StreamFollower follower) {
    audience.unfollow(follower);
  }

  /** A reader left; from its own loop. */
  void readerLeft(Leg leg) {
    // Never within the walk over the leg's readers that it may have come from.
    if (!loop.isShuttingDown()) {
      loop.execute(() -> audience.left(leg));
    }
  }

  // ---- taps ----

  /** Adds a tap, which sees the frames from now on. On the stream's loop. */
  public void addTap(FrameTap tap) {
    taps.add(tap);
    wantFrames();
  }

  /**
   * What a reader that joins now gets first: configurations, and the frames since the last keyframe; borrowed, and to be
   * used at once. On the stream's loop.
   */
  public List<Frame> openingFrames() {
    return opening.frames();
  }

  /** Takes a tap away. On the stream's loop. */
  public void removeTap(FrameTap tap) {
    taps.remove(tap);
  }
}
