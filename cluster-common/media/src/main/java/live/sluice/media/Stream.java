package live.sluice.media;

import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.EventLoop;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * One stream of a node: at most one source, many readers, one owner. Everything here belongs to its event loop; methods
 * that may be called from elsewhere say so.
 *
 * <p>A stream lives while it has a source, a reader or a tap's packager, and a little longer. Without a source and with
 * readers it pulls, by {@link Upstream}. Readers that came before the stream's tracks are known wait until they are, so
 * that all of them get a complete opening.
 *
 * <p>Longer than other files, since who may come, stay and go is one decision on source, readers, pull and time together;
 * what could be told alone has gone to {@link Opening}, {@link Timeline}, {@link WaitingReaders}, {@link Checkup} and
 * {@link Leg}.
 */
public final class Stream {
  /** How long a reader waits for further tracks once media has come. */
  private static final long SETTLE_WAIT_MS = 1_000;

  private final StreamKey key;
  private final EventLoop loop;
  private final StreamRegistry registry;

  private final Timeline timeline = new Timeline();
  private final Opening opening;
  private final List<Leg> legs = new ArrayList<>();
  private final WaitingReaders waiting = new WaitingReaders();
  private final List<FrameTap> taps = new ArrayList<>();
  private final List<StreamFollower> followers = new ArrayList<>();
  private @Nullable Publication source;
  private Upstream.@Nullable Pull pull;
  private final Checkup checkup;
  private long readerlessSinceMs;
  private long sourcelessSinceMs;
  private long framesUnwantedSinceMs;
  private boolean framesWanted;
  private boolean reserved;
  private boolean closed;

  // Written by the loop, read from anywhere.
  private volatile @Nullable Publication visibleSource;
  private volatile @Nullable Track videoTrack;
  private volatile @Nullable Track audioTrack;
  private final AtomicInteger readerCount = new AtomicInteger();

  Stream(StreamKey key, EventLoop loop, StreamRegistry registry) {
    this.key = key;
    this.loop = loop;
    this.registry = registry;
    this.opening = new Opening(registry.settings().gopBytes(), registry.settings().gopFrames());
    this.readerlessSinceMs = registry.ticker().millis();
    this.sourcelessSinceMs = readerlessSinceMs;
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
    return visibleSource;
  }

  /** Number of readers, waiting ones included; from any thread. */
  public int readerCount() {
    return readerCount.get();
  }

  /** The current track of that kind, null where there is none; from any thread. */
  public @Nullable Track track(MediaKind kind) {
    return switch (kind) {
      case VIDEO -> videoTrack;
      case AUDIO -> audioTrack;
      case DATA -> null;
    };
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
    return now != null && now.isLocal() && waiting.isEmpty();
  }

  boolean isClosed() {
    return closed;
  }

  /** Holds the stream for a publisher whose claim is under way; false when it is closed. */
  boolean reserve() {
    if (closed) {
      return false;
    }
    reserved = true;
    return true;
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
    checkWaiting(now);
    checkFrames(now);
    if (source == null && !(legs.isEmpty() && followers.isEmpty()) && now - sourcelessSinceMs > settings().playerKeep().toMillis()) {
      endReaders(
          ErrorCode.STREAM_ENDED, "nobody published it again within " + settings().playerKeep().toSeconds() + " s");
    }
    if (legs.isEmpty() && waiting.isEmpty() && followers.isEmpty()) {
      boolean lingered = now - readerlessSinceMs > settings().pullLinger().toMillis();
      // A pull that found nothing has nothing to keep: names that nobody publishes must not pile up.
      if (pull != null && (lingered || source == null)) {
        stopPull();
      }
      if (source == null && pull == null && !reserved && (lingered || now - sourcelessSinceMs > Checkup.SOON_MS)) {
        close();
      }
    } else {
      readerlessSinceMs = now;
    }
  }

  /** Asks a source of packets for frames, at once where somebody wants some, and no longer some time after the last. */
  private void wantFrames() {
    Publication current = source;
    if (current != null && current.form() == MediaForm.PACKETS && !framesWanted && anybodyWantsFrames()) {
      framesWanted = true;
      current.framesWanted(true);
    }
  }

  private boolean anybodyWantsFrames() {
    return !legs.isEmpty() || !waiting.isEmpty() || !taps.isEmpty();
  }

  private void checkFrames(long now) {
    if (!framesWanted || anybodyWantsFrames()) {
      framesUnwantedSinceMs = now;
    } else if (now - framesUnwantedSinceMs > settings().pullLinger().toMillis()) {
      framesWanted = false;
      opening.clear();
      Publication current = source;
      if (current != null) {
        current.framesWanted(false);
      }
    }
  }

  private void checkWaiting(long now) {
    int before = waiting.size();
    if (source != null && opening.hasBegun() && waiting.anyFor(SETTLE_WAIT_MS, now)) {
      opening.settle();
      admitWaiting();
      return;
    }
    waiting.expire(settings().playerWait(), now);
    readerCount.addAndGet(waiting.size() - before);
  }

  /** Ends every reader and the source: the node stops. */
  void shutDown(ErrorCode code, String why) {
    Publication last = source;
    if (last != null) {
      last.end(code, why);
    }
    endReaders(code, why);
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

  private void endReaders(ErrorCode code, String why) {
    readerCount.addAndGet(-waiting.size());
    waiting.end(code, why);
    for (Leg leg : List.copyOf(legs)) {
      readerCount.addAndGet(-leg.members());
      leg.dispose(code, why);
    }
    legs.clear();
    readerCount.addAndGet(-followers.size());
    List<StreamFollower> left = List.copyOf(followers);
    followers.clear();
    for (StreamFollower follower : left) {
      follower.onEnd(code, why);
    }
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
    visibleSource = next;
    if (local) {
      stopPull();
    }
    timeline.sourceChanged();
    framesWanted = false;
    registry.sourceConnected(this, next);
    for (StreamFollower follower : List.copyOf(followers)) {
      follower.onSource(next);
    }
    wantFrames();
    return next;
  }

  void sourceEnded(Publication ended) {
    if (source != ended) {
      return;
    }
    source = null;
    visibleSource = null;
    sourcelessSinceMs = ticker().millis();
    opening.clear();
    videoTrack = null;
    audioTrack = null;
    for (FrameTap tap : taps) {
      tap.onSourceEnded();
    }
    framesWanted = false;
    registry.sourceEnded(this, ended);
    for (StreamFollower follower : List.copyOf(followers)) {
      follower.onSourceEnded(ended);
    }
    if (ended.isLocal() && readerCount.get() > 0 && !closed) {
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
      boolean config = frame.config();
      if (config && opening.isKnown(frame)) {
        return;
      }
      if (config || frame.kind() == MediaKind.DATA) {
        frame.restamp(timeline.standing(), false);
      } else {
        frame.restamp(timeline.map(frame.kind(), frame.dts()), timeline.jumped());
      }
      boolean wasSettled = opening.isSettled();
      if (opening.learn(frame)) {
        show(frame.track());
      }
      for (int i = 0; i < taps.size(); i++) {
        taps.get(i).onFrame(frame);
      }
      for (int i = 0; i < legs.size(); i++) {
        legs.get(i).append(frame);
      }
      if (!wasSettled && opening.isSettled()) {
        admitWaiting();
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
    switch (track.kind()) {
      case VIDEO -> videoTrack = track;
      case AUDIO -> audioTrack = track;
      case DATA -> {}
    }
    registry.trackChanged(this);
  }

  private void admitWaiting() {
    waiting.leave(this::admit);
  }

  // ---- readers ----

  /** Adds a reader; false when the stream is closed and another one must be made. */
  boolean attach(Reader reader) {
    if (closed) {
      return false;
    }
    readerCount.incrementAndGet();
    readerlessSinceMs = ticker().millis();
    if (opening.isSettled()) {
      admit(reader);
    } else {
      waiting.add(reader, ticker().millis());
      pullIfNeeded();
      wantFrames();
      checkup.soon();
    }
    return true;
  }

  /** Adds a follower, unless it follows already. On the stream's loop. */
  public void follow(StreamFollower follower) {
    if (closed || followers.contains(follower)) {
      return;
    }
    readerCount.incrementAndGet();
    readerlessSinceMs = ticker().millis();
    followers.add(follower);
    Publication current = source;
    if (current != null) {
      follower.onSource(current);
    } else {
      pullIfNeeded();
    }
  }

  /** Lets a follower go. On the stream's loop. */
  public void unfollow(StreamFollower follower) {
    if (followers.remove(follower)) {
      readerCount.decrementAndGet();
      readerlessSinceMs = ticker().millis();
    }
  }

  private void admit(Reader reader) {
    List<Frame> frames = opening.frames();
    Frame[] first = new Frame[frames.size()];
    for (int i = 0; i < first.length; i++) {
      first[i] = frames.get(i).retain();
      first[i].encoded(reader.form(), ByteBufAllocator.DEFAULT);
    }
    legFor(reader)
        .admit(
            reader, first, opening.startsAtKeyframe(), opening.has(MediaKind.AUDIO), opening.has(MediaKind.VIDEO));
  }

  private Leg legFor(Reader reader) {
    for (int i = 0; i < legs.size(); i++) {
      if (legs.get(i).matches(reader)) {
        return legs.get(i);
      }
    }
    Leg leg = new Leg(this, reader.sink().loop(), reader.form(), reader.windowMs());
    legs.add(leg);
    return leg;
  }

  /** A reader left; from its own loop. */
  void readerLeft(Leg leg) {
    // Never within the walk over the leg's readers that it may have come from.
    if (loop.isShuttingDown()) {
      return;
    }
    loop.execute(
        () -> {
          if (!legs.contains(leg)) {
            return;
          }
          readerCount.decrementAndGet();
          if (leg.dismiss()) {
            legs.remove(leg);
            leg.dispose(ErrorCode.OK, "");
          }
        });
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
