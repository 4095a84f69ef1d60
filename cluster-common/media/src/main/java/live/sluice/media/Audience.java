package live.sluice.media;

import io.netty.buffer.ByteBufAllocator;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Whom a stream is for: readers that play, readers that wait until its tracks are known, and followers. It counts them,
 * knows since when there are none, and hands all of them what comes. On the stream's loop, but for the count.
 */
final class Audience {
  /** How long a reader waits for further tracks once media has come. */
  private static final long SETTLE_WAIT_MS = 1_000;

  private final Stream stream;
  private final Opening opening;
  private final List<Leg> legs = new ArrayList<>();
  private final WaitingReaders waiting = new WaitingReaders();
  private final List<StreamFollower> followers = new ArrayList<>();
  private long presentMs;

  // Written by the loop, read from anywhere.
  private final AtomicInteger count = new AtomicInteger();

  /** Nobody yet; {@code opening} is what a reader gets first. */
  Audience(Stream stream, Opening opening) {
    this.stream = stream;
    this.opening = opening;
    this.presentMs = nowMs();
  }

  /** Readers and followers, waiting ones included; from any thread. */
  int count() {
    return count.get();
  }

  boolean isEmpty() {
    return legs.isEmpty() && followers.isEmpty() && waiting.isEmpty();
  }

  boolean anyWaits() {
    return !waiting.isEmpty();
  }

  /** Whether anybody has what the stream brought so far, and would miss what does not come any more. */
  boolean anyTakesPart() {
    return !legs.isEmpty() || !followers.isEmpty();
  }

  /** Whether anybody reads frames, or waits for them: followers do not. */
  boolean anyReads() {
    return !legs.isEmpty() || !waiting.isEmpty();
  }

  /** For how long nobody has been there, as far as it was asked again and again; in ms. */
  long awayMs(long nowMs) {
    if (!isEmpty()) {
      presentMs = nowMs;
    }
    return nowMs - presentMs;
  }

  // ---- readers ----

  /** Lets in a reader; it waits where the opening is not complete yet. */
  void join(Reader reader) {
    count.incrementAndGet();
    presentMs = nowMs();
    if (opening.isSettled()) {
      admit(reader);
    } else {
      waiting.add(reader, presentMs);
    }
  }

  /** The opening is complete: none waits any more. */
  void admitWaiting() {
    waiting.leave(this::admit);
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
    Leg leg = new Leg(stream, reader.sink().loop(), reader.form(), reader.windowMs());
    legs.add(leg);
    return leg;
  }

  /** Hands a frame to all that read. */
  void append(Frame frame) {
    for (int i = 0; i < legs.size(); i++) {
      legs.get(i).append(frame);
    }
  }

  /** One of a leg's readers has left. */
  void left(Leg leg) {
    if (!legs.contains(leg)) {
      return;
    }
    count.decrementAndGet();
    if (leg.dismiss()) {
      legs.remove(leg);
      leg.dispose(ErrorCode.OK, "");
    }
  }

  /**
   * Lets waiting readers in once further tracks had their time to come, and ends those that have waited for longer than
   * a publisher may take.
   */
  void checkWaiting(boolean hasSource, long nowMs) {
    if (hasSource && opening.hasBegun() && waiting.anyFor(SETTLE_WAIT_MS, nowMs)) {
      opening.settle();
      admitWaiting();
      return;
    }
    int before = waiting.size();
    waiting.expire(stream.settings().playerWait(), nowMs);
    count.addAndGet(waiting.size() - before);
  }

  // ---- followers ----

  /** Adds a follower; false when it follows already. */
  boolean follow(StreamFollower follower) {
    if (followers.contains(follower)) {
      return false;
    }
    count.incrementAndGet();
    presentMs = nowMs();
    followers.add(follower);
    return true;
  }

  void unfollow(StreamFollower follower) {
    if (followers.remove(follower)) {
      count.decrementAndGet();
      presentMs = nowMs();
    }
  }

  /** A follower may leave when it is told of a source, or bring another one. */
  void sourceConnected(Publication source) {
    for (StreamFollower follower : List.copyOf(followers)) {
      follower.onSource(source);
    }
  }

  void sourceEnded(Publication source) {
    for (StreamFollower follower : List.copyOf(followers)) {
      follower.onSourceEnded(source);
    }
  }

  // ---- the end ----

  /** Ends all of them. */
  void end(ErrorCode code, String why) {
    count.addAndGet(-waiting.size());
    waiting.end(code, why);
    for (Leg leg : List.copyOf(legs)) {
      count.addAndGet(-leg.members());
      leg.dispose(code, why);
    }
    legs.clear();
    count.addAndGet(-followers.size());
    List<StreamFollower> left = List.copyOf(followers);
    followers.clear();
    for (StreamFollower follower : left) {
      follower.onEnd(code, why);
    }
  }

  private long nowMs() {
    return stream.ticker().millis();
  }
}
