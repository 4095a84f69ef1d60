package live.sluice.rtp;

import io.netty.channel.EventLoop;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import live.sluice.media.ErrorCode;
import live.sluice.media.MediaForm;
import live.sluice.media.Publication;
import live.sluice.media.SluiceException;
import live.sluice.media.Stream;
import live.sluice.media.StreamFollower;
import live.sluice.media.StreamKey;
import live.sluice.media.Ticker;
import org.jspecify.annotations.Nullable;

/**
 * A stream as packets of RTP: its source's own, or what a bridge makes of frames for as long as somebody reads them. It
 * belongs to the stream's event loop; methods that may be called from elsewhere say so.
 *
 * <p>It is long since sources, holders and readers meet here, each through a few short methods; what each of them does
 * stands on its own, in the classes that it calls.
 */
public final class RtpStream implements StreamFollower {
  /** Tracks that a stream may have. */
  public static final int MAX_TRACKS = 16;

  /** Simulcast layers that a track may have. */
  public static final int MAX_LAYERS = 4;

  /** How long a stream is kept as packets after its last reader, in ms. */
  private static final long LINGER_MS = 5_000;

  private final Stream stream;
  private final RtpStreams owner;
  private final Ticker ticker;
  private final RtpReaders readers = new RtpReaders(this);
  private final KeyframeSupply keyframes;
  private final WantedLayers layers = new WantedLayers();
  private final LateReaders late = new LateReaders();
  private final RtpHolders holders = new RtpHolders(this::restLater);
  private final FrameMaker toFrames;
  private @Nullable PacketMaker toPackets;
  /** The one there is, or was last. */
  private @Nullable RtpFeed latest;

  private @Nullable SluiceException refused;
  private boolean ended;

  // Written by the loop, read from anywhere.
  private volatile @Nullable RtpFeed feed;
  private volatile List<RtpTrack> tracks = List.of();

  RtpStream(Stream stream, RtpStreams owner, Ticker ticker) {
    this.stream = stream;
    this.owner = owner;
    this.ticker = ticker;
    this.keyframes = new KeyframeSupply(stream.loop(), ticker, this::askSource);
    this.toFrames = new FrameMaker(stream.loop(), ticker, owner.bridge(), keyframes.gop(), keyframes.first());
  }

  /** Its name. */
  public StreamKey key() {
    return stream.key();
  }

  /** The loop that owns it. */
  public EventLoop loop() {
    return stream.loop();
  }

  /** The session that brings the media, null while there is none; from any thread. */
  public @Nullable Publication source() {
    return stream.source();
  }

  /** The tracks of the source there is or was last; empty before the first; from any thread. */
  public List<RtpTrack> tracks() {
    return tracks;
  }

  /** What the last sender report of that track's layer said, null where there was none; from any thread. */
  public @Nullable RtpClock clock(int track, int layer) {
    RtpFeed now = feed;
    return now == null || track >= now.tracks().size() ? null : now.clock(track, layer);
  }

  /**
   * What is to be added to a clock's time to have it by this node's wall clock, in the units of NTP: the same for all
   * tracks of a source, so that they keep their distance; from any thread.
   */
  public long clockShift() {
    RtpFeed now = feed;
    return now == null ? 0 : now.ahead();
  }

  /** Whether a keyframe that is asked for comes soon; from any thread. */
  public boolean heedsRequests() {
    RtpFeed now = feed;
    return now != null && now.source().heedsRequests();
  }

  /** The clock that packets are timed by, in ns; from any thread. */
  long nanos() {
    return ticker.nanos();
  }

  /** Wall clock time, in ms since 1970; from any thread. */
  long wallMillis() {
    return ticker.wallMillis();
  }

  /** For how long packets are kept for those that lost them, in ns; from any thread. */
  long historyNanos() {
    return owner.history().toNanos();
  }

  void run(Runnable task) {
    stream.run(task);
  }

  // ---- holding it ----

  /** Keeps it, and completes {@code answer} with it when its tracks are known. */
  void hold(CompletableFuture<RtpStream> answer) {
    if (feed != null) {
      holders.add(answer, this);
    } else {
      holders.await(answer);
      if (refused != null) {
        holders.fail(answer, refused);
      }
    }
  }

  /** Waits no longer for the tracks. */
  void stopWaiting(CompletableFuture<RtpStream> answer, SluiceException why) {
    holders.fail(answer, why);
  }

  /** Gives back what {@link RtpStreams#open} gave; from any thread. */
  public void release() {
    run(holders::letGo);
  }

  private void restLater() {
    if (isIdle() && !loop().isShuttingDown()) {
      loop().schedule(this::restIfIdle, LINGER_MS, TimeUnit.MILLISECONDS);
    }
  }

  private boolean isIdle() {
    return holders.isEmpty() && readers.isEmpty();
  }

  private void restIfIdle() {
    if (isIdle()) {
      stream.unfollow(this);
      stopToPackets();
    }
  }

  void stopToPackets() {
    PacketMaker last = toPackets;
    toPackets = null;
    if (last != null) {
      last.stop();
    }
  }

  // ---- the stream below ----

  @Override
  public void onSource(Publication source) {
    refused = null;
    ended = false;
    if (source.form() == MediaForm.FRAMES && toPackets == null) {
      toPackets = PacketMaker.begin(owner.bridge(), stream, this);
    }
  }

  @Override
  public void onSourceEnded(Publication source) {
    refused = null;
    stopToPackets();
  }

  @Override
  public void onEnd(ErrorCode code, String why) {
    ended = true;
    endReaders(new SluiceException(code, why));
    stopToPackets();
  }

  private void endReaders(SluiceException why) {
    late.clear();
    holders.fail(why);
    readers.end(
        why.code(), String.valueOf(why.getMessage()), layers::remove);
  }

  /** What there is can't be made into packets: whoever comes is told, until another source does. */
  void refuse(SluiceException why) {
    refused = why;
    endReaders(why);
  }

  void close() {
    ended = true;
    endReaders(new SluiceException(ErrorCode.STREAM_ENDED, "the stream ended"));
    stopToPackets();
    keyframes.gop().clear();
  }

  // ---- sources ----

  /** Connects a source, whose packets readers get from now on. */
  RtpFeed connect(List<RtpTrack> known, RtpSource source, @Nullable Publication publication) {
    RtpFeed before = feed;
    if (before != null) {
      before.end(ErrorCode.PUBLISH_REPLACED, "another source has the stream now");
    }
    RtpFeed next = new RtpFeed(this, known, source, publication);
    RtpFeed past = latest;
    boolean resumes = past != null && next.resume(past, ticker.nanos());
    latest = next;
    boolean sameCodecs = tracks.isEmpty() || RtpTrack.haveSameCodecs(tracks, known);
    feed = next;
    layers.sourceChanged();
    tracks = next.tracks();
    if (resumes) {
      // The same packets by another way: readers see no more than a gap, if any.
      keyframes.goOn(next, layers, !readers.isEmpty());
    } else if (sameCodecs) {
      late.clear();
      readers.sourceChanged();
      if (!readers.isEmpty()) {
        keyframes.request(0);
      }
    } else {
      endReaders(codecsChanged());
    }
    tellLayers();
    holders.complete(this);
    return next;
  }

  void feedRestarted(RtpFeed which) {
    if (feed == which) {
      readers.sourceChanged();
      keyframes.request(0);
    }
  }

  void feedEnded(RtpFeed ended) {
    if (feed == ended) {
      feed = null;
      keyframes.gop().clear();
      toFrames.stop();
    }
  }

  void accept(RtpFeed from, RtpPacket packet) {
    if (from != feed) {
      return;
    }
    Publication publication = from.publication();
    if (publication != null) {
      publication.alive();
    }
    boolean isNew = from.progress().isNew(packet);
    if (!late.isEmpty() && isNew && !from.catchesUp(packet.arrivalNanos())) {
      late.begin(keyframes, from.source(), readers);
    }
    keyframes.seen(packet);
    if (isNew) {
      readers.append(packet);
    }
    toFrames.packet(packet);
  }

  void flush() {
    readers.flush();
  }

  void clockChanged(RtpFeed from, RtpTrack track, int layer, RtpClock clock) {
    if (from == feed) {
      toFrames.clock(track, layer, clock);
    }
  }

  /** Makes frames of the packets from now on, or no longer. */
  void wantFrames(boolean wanted) {
    RtpFeed now = feed;
    Publication publication = now == null ? null : now.publication();
    if (!wanted) {
      toFrames.stop();
      tellLayers();
    } else if (!toFrames.works() && now != null && publication != null) {
      toFrames.begin(now, publication, this::requestKeyframe);
      tellLayers();
      beginFrames(now);
    }
  }

  private void tellLayers() {
    RtpFeed now = feed;
    if (now != null && now.tracks().stream().anyMatch(track -> track.layers().size() > 1)) {
      layers.tell(now.source(), toFrames.works() ? RtpReader.ALL_LAYERS : 0);
    }
  }

  private void beginFrames(RtpFeed now) {
    RtpBatch first = keyframes.beginning(now.source(), true);
    if (first == null) {
      keyframes.request(0);
    } else {
      toFrames.packets(first);
    }
  }

  // ---- readers ----

  /** Adds a reader, which gets packets from now on, beginning with a keyframe as soon as one can be had; from any thread. */
  public void add(RtpReader reader) {
    int mask = reader.wantedLayers();
    run(
        () -> {
          SluiceException refusal = tooLate(reader);
          if (refusal != null) {
            RtpReaders.refuse(reader, refusal);
            return;
          }
          RtpFeed now = feed;
          boolean isLate = now == null ? latest != null : now.catchesUp(ticker.nanos());
          RtpBatch first = now == null || isLate ? null : keyframes.beginning(now.source(), false);
          if (isLate) {
            late.add(reader);
          }
          layers.set(reader, mask);
          tellLayers();
          readers.add(reader, first);
          if (first == null && now != null) {
            keyframes.request(0);
          }
        });
  }

  /** What has happened between the time when a reader was made, with the tracks there were, and now; null for nothing. */
  private @Nullable SluiceException tooLate(RtpReader reader) {
    if (ended) {
      return new SluiceException(ErrorCode.STREAM_ENDED, "the stream ended");
    }
    return RtpTrack.haveEachCodec(tracks, reader.tracks()) ? null : codecsChanged();
  }

  private SluiceException codecsChanged() {
    return new SluiceException(ErrorCode.CODEC_CHANGED, key() + " is published again with other codecs: play it anew");
  }

  /**
   * Says that a reader is about to be added: the keyframe that it would have to wait for is asked for now, so that it is
   * there when the reader's handshake is over; from any thread.
   */
  public void readerComes() {
    run(
        () -> {
          RtpFeed now = feed;
          if (now != null) {
            keyframes.readerComes(now.source());
          }
        });
  }

  /** Takes a reader away that was added; from any thread. */
  public void remove(RtpReader reader) {
    run(
        () -> {
          late.remove(reader);
          if (readers.remove(reader)) {
            layers.remove(reader);
            tellLayers();
          }
        });
  }

  /** Says that a reader that was added wants other layers than before; from any thread. */
  public void wantedChanged(RtpReader reader, int mask) {
    run(
        () -> {
          if (layers.has(reader)) {
            layers.set(reader, mask);
            tellLayers();
          }
        });
  }

  /** Asks for a keyframe of a layer, where a reader can't go on without one; from any thread. */
  public void requestKeyframe(int layer) {
    if (layer >= 0 && layer < MAX_LAYERS) {
      run(() -> keyframes.request(layer));
    }
  }

  private void askSource(int layer) {
    RtpFeed now = feed;
    if (now != null) {
      now.source().requestKeyframe(layer);
    }
  }
}
