package live.sluice.media;

import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufAllocatorMetricProvider;
import io.netty.channel.EventLoop;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The streams of a node: made for who asks for them, gone when they close, and told of to the directory and to those who
 * listen. Thread-safe.
 */
public final class StreamRegistry {

  /** Told of sources coming and going, on the stream's loop. */
  public interface Listener {
    /** A source was connected; its first frame has not come yet. */
    default void sourceConnected(Stream stream, Publication source) {}

    /** A source ended. */
    default void sourceEnded(Stream stream, Publication source) {}

    /** The node lets go of a stream. */
    default void streamClosed(Stream stream) {}
  }

  /** Told how long frames took through this node, on the players' loops; must be cheap. */
  @FunctionalInterface
  public interface DelayMeter {
    /**
     * A batch of frames was written to the players that wait for it.
     *
     * @param windowMs for how long frames are gathered for them, in ms
     * @param nanos from the arrival of the batch's first frame, in ns
     */
    void forwarded(long windowMs, long nanos);
  }

  private final MediaSettings settings;
  private final StreamDirectory directory;
  private final Claims claims;
  private final Ticker ticker;
  private final LongSupplier directMemory;
  private final Map<StreamKey, Stream> streams = new ConcurrentHashMap<>();
  private final List<Listener> listeners = new CopyOnWriteArrayList<>();
  private volatile Upstream upstream = Upstream.NONE;
  private volatile DelayMeter delays = (windowMs, nanos) -> {};
  private volatile boolean draining;

  /** An empty registry. */
  public StreamRegistry(MediaSettings settings, StreamDirectory directory, Ticker ticker) {
    this(settings, directory, ticker, StreamRegistry::usedDirectMemory);
  }

  /**
   * An empty registry with a memory meter of its own.
   *
   * @param directMemory bytes of direct memory in use
   */
  public StreamRegistry(
      MediaSettings settings, StreamDirectory directory, Ticker ticker, LongSupplier directMemory) {
    this.settings = settings;
    this.directory = directory;
    this.ticker = ticker;
    this.directMemory = directMemory;
    this.claims = new Claims(settings, directory, ticker, this::open);
    directory.addListener(
        new StreamDirectory.Listener() {
          @Override
          public void ownershipLost(StreamEntry mine, StreamEntry winner) {
            Stream stream = streams.get(mine.key());
            if (stream != null) {
              claims.lost(stream, mine, winner);
            }
          }
        });
  }

  private static long usedDirectMemory() {
    return ByteBufAllocator.DEFAULT instanceof ByteBufAllocatorMetricProvider meter
        ? meter.metric().usedDirectMemory()
        : 0;
  }

  /** Says where streams are pulled from; once, before the first player. */
  public void setUpstream(Upstream source) {
    upstream = source;
  }

  /** Says who is told how long frames take. */
  public void setDelayMeter(DelayMeter meter) {
    delays = meter;
  }

  void forwarded(long windowMs, long nanos) {
    delays.forwarded(windowMs, nanos);
  }

  /** Adds a listener for the life of the registry. */
  public void addListener(Listener listener) {
    listeners.add(listener);
  }

  /** All streams, unordered; a live view. */
  public Collection<Stream> streams() {
    return Collections.unmodifiableCollection(streams.values());
  }

  /** The stream of that name, null when there is none on this node now. */
  public @Nullable Stream find(StreamKey key) {
    return streams.get(key);
  }

  /**
   * Lets a reader play a stream, on this node now or not. What becomes of it is told to its sink.
   *
   * @throws SluiceException {@link ErrorCode#DRAINING}, {@link ErrorCode#OVERLOADED}
   */
  public void play(StreamKey key, Reader reader) {
    refuseWhenDraining();
    refuseWithoutMemory(key);
    attach(key, reader);
  }

  private void refuseWithoutMemory(StreamKey key) {
    if (directMemory.getAsLong() > settings.memoryBudget()) {
      throw new SluiceException(
          ErrorCode.OVERLOADED,
          "can't play " + key + ": the node's memory budget of " + (settings.memoryBudget() >> 20) + " MiB is used up");
    }
  }

  /** A stream that was closed in the meantime is made anew. */
  private void attach(StreamKey key, Reader reader) {
    Stream stream = open(key, reader.sink().loop());
    stream.run(
        () -> {
          if (!stream.attach(reader)) {
            attach(key, reader);
          }
        });
  }

  /**
   * Asks to publish. The stage completes on the stream's loop, or fails with a {@link SluiceException}: {@link
   * ErrorCode#STREAM_BUSY}, {@link ErrorCode#CLUSTER_UNAVAILABLE}, {@link ErrorCode#DRAINING}. Who no longer wants it by
   * then closes the publication.
   *
   * @param loop the publisher's loop: it becomes the stream's where the stream is new
   */
  public CompletionStage<Publication> publish(
      StreamKey key, Session session, EventLoop loop, Publication.Owner owner) {
    return publish(key, new Publisher(session, owner, MediaForm.FRAMES), loop);
  }

  /** The same for a publisher whose media comes in a form of its own. */
  public CompletionStage<Publication> publish(StreamKey key, Publisher publisher, EventLoop loop) {
    refuseWhenDraining();
    return claims.ask(key, publisher, loop);
  }

  /**
   * Who asks to publish.
   *
   * @param session that brings the media
   * @param owner told of the publication's end
   * @param form in which the media comes
   */
  public record Publisher(Session session, Publication.Owner owner, MediaForm form) {}

  /**
   * Follows a stream, which is made and pulled where it is not on this node yet.
   *
   * @param follower is asked on the stream's loop who follows it
   * @param loop the stream's, where it is new
   * @throws SluiceException {@link ErrorCode#DRAINING}, {@link ErrorCode#OVERLOADED}
   */
  public void follow(StreamKey key, Function<Stream, ? extends StreamFollower> follower, EventLoop loop) {
    refuseWhenDraining();
    refuseWithoutMemory(key);
    attach(key, follower, loop);
  }

  private void attach(StreamKey key, Function<Stream, ? extends StreamFollower> follower, EventLoop loop) {
    Stream stream = open(key, loop);
    stream.run(
        () -> {
          if (stream.isClosed()) {
            attach(key, follower, loop);
          } else {
            stream.follow(follower.apply(stream));
          }
        });
  }

  /** From now on new publishers and players are refused; those that are there go on. */
  public void drain() {
    draining = true;
  }

  /** Ends every stream; soon after, all readers and sources are gone. */
  public void shutDown() {
    draining = true;
    for (Stream stream : streams.values()) {
      stream.run(() -> stream.shutDown(ErrorCode.DRAINING, "the node stops"));
    }
  }

  private void refuseWhenDraining() {
    if (draining) {
      throw new SluiceException(ErrorCode.DRAINING, "the node is stopping and takes no new sessions");
    }
  }

  private Stream open(StreamKey key, EventLoop loop) {
    return streams.computeIfAbsent(
        key,
        k -> {
          Stream stream = new Stream(k, loop, this);
          stream.run(stream::start);
          return stream;
        });
  }

  void removed(Stream stream) {
    streams.remove(stream.key(), stream);
    for (Listener listener : listeners) {
      listener.streamClosed(stream);
    }
  }

  void sourceConnected(Stream stream, Publication source) {
    for (Listener listener : listeners) {
      listener.sourceConnected(stream, source);
    }
  }

  void sourceEnded(Stream stream, Publication source) {
    if (source.isLocal()) {
      directory.release(source.entry());
    }
    for (Listener listener : listeners) {
      listener.sourceEnded(stream, source);
    }
  }

  void trackChanged(Stream stream) {
    Publication source = stream.source();
    if (source != null) {
      describe(stream, source, source.entry().discontinuitySequence());
    }
  }

  /**
   * Says how far the discontinuity sequence of a stream published here has come, so that its next owner goes on from
   * there.
   */
  public void reachedDiscontinuity(StreamKey key, long sequence) {
    Stream stream = streams.get(key);
    Publication source = stream == null ? null : stream.source();
    if (stream != null && source != null && sequence > source.entry().discontinuitySequence()) {
      describe(stream, source, sequence);
    }
  }

  private void describe(Stream stream, Publication source, long discontinuitySequence) {
    if (!source.isLocal()) {
      return;
    }
    List<String> codecs = new ArrayList<>(2);
    for (MediaKind kind : List.of(MediaKind.VIDEO, MediaKind.AUDIO)) {
      Track track = stream.track(kind);
      if (track != null) {
        codecs.add(track.codec().label());
      }
    }
    StreamEntry e = source.entry();
    directory.describe(new StreamEntry(e.key(), e.owner(), e.epoch(), discontinuitySequence, codecs));
  }

  MediaSettings settings() {
    return settings;
  }

  Ticker ticker() {
    return ticker;
  }

  Upstream upstream() {
    return upstream;
  }
}
