package live.sluice.rtp;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import live.sluice.media.ErrorCode;
import live.sluice.media.MediaForm;
import live.sluice.media.MediaKind;
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
 */
public final class RtpStream implements StreamFollower {
  /** Simulcast layers that a track may have. */
  public static final int MAX_LAYERS = 4;

  /** How old a cached keyframe may be to be used though the source would make a new one, in ns. */
  private static final long FRESH_NANOS = 250_000_000L;

  /** How far apart keyframes are that are asked for while frames are made of packets, in ms. */
  private static final long FRAMES_KEYFRAME_MS = 2_000;

  /** How long a stream is kept as packets after its last reader, in ms. */
  private static final long LINGER_MS = 5_000;

  private final Stream stream;
  private final RtpStreams owner;
  private final Ticker ticker;
  private final List<RtpLeg> legs = new ArrayList<>();
  private final PacketGop gop = new PacketGop();
  private final KeyframeRequests[] requests = new KeyframeRequests[MAX_LAYERS];
  private final WantedLayers layers = new WantedLayers();
  private final List<CompletableFuture<RtpStream>> waiting = new ArrayList<>();
  private @Nullable RtpFeed feed;
  private RtpBridge.@Nullable Handle toPackets;
  private RtpBridge.@Nullable Frames toFrames;
  private @Nullable Future<?> keyframes;
  private @Nullable SluiceException refused;
  private int holds;

  // Written by the loop, read from anywhere.
  private volatile @Nullable RtpFeed visibleFeed;
  private volatile List<RtpTrack> tracks = List.of();

  RtpStream(Stream stream, RtpStreams owner, Ticker ticker) {
    this.stream = stream;
    this.owner = owner;
    this.ticker = ticker;
    for (int layer = 0; layer < MAX_LAYERS; layer++) {
      int which = layer;
      requests[layer] = new KeyframeRequests(stream.loop(), ticker, () -> askSource(which));
    }
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
    RtpFeed now = visibleFeed;
    return now == null || track >= now.tracks().size() ? null : now.clock(track, layer);
  }

  /** Whether a keyframe that is asked for comes soon; from any thread. */
  public boolean heedsRequests() {
    RtpFeed now = visibleFeed;
    return now != null && now.source().heedsRequests();
  }

  /** The clock that packets are timed by, in ns; from any thread. */
  long nanos() {
    return ticker.nanos();
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
    holds++;
    if (feed != null) {
      answer.complete(this);
    } else if (refused != null) {
      giveUp(answer, refused);
    } else {
      waiting.add(answer);
    }
  }

  /** Waits no longer for the tracks. */
  void stopWaiting(CompletableFuture<RtpStream> answer, SluiceException why) {
    if (waiting.removeIf(each -> each == answer)) {
      giveUp(answer, why);
    }
  }

  private void giveUp(CompletableFuture<RtpStream> answer, SluiceException why) {
    letGo();
    answer.completeExceptionally(why);
  }

  /** Gives back what {@link RtpStreams#open} gave; from any thread. */
  public void release() {
    run(this::letGo);
  }

  private void letGo() {
    holds--;
    if (isIdle() && !loop().isShuttingDown()) {
      loop().schedule(this::restIfIdle, LINGER_MS, TimeUnit.MILLISECONDS);
    }
  }

  private boolean isIdle() {
    return holds == 0 && legs.isEmpty();
  }

  private void restIfIdle() {
    if (isIdle()) {
      stream.unfollow(this);
      stopToPackets();
    }
  }

  private void stopToPackets() {
    RtpBridge.Handle bridge = toPackets;
    toPackets = null;
    if (bridge != null) {
      bridge.close();
      RtpFeed made = feed;
      if (made != null && made.publication() == null) {
        made.close();
      }
    }
  }

  // ---- the stream below ----

  @Override
  public void onSource(Publication source) {
    refused = null;
    if (source.form() == MediaForm.FRAMES && toPackets == null) {
      toPackets = owner.bridge().toPackets(stream, new FromFrames());
    }
  }

  @Override
  public void onSourceEnded(Publication source) {
    refused = null;
    stopToPackets();
  }

  @Override
  public void onEnd(ErrorCode code, String why) {
    endReaders(new SluiceException(code, why));
    stopToPackets();
  }

  private void endReaders(SluiceException why) {
    List<CompletableFuture<RtpStream>> hopeless = List.copyOf(waiting);
    waiting.clear();
    hopeless.forEach(answer -> giveUp(answer, why));
    List<RtpLeg> all = List.copyOf(legs);
    legs.clear();
    all.forEach(leg -> leg.members().forEach(reader -> layers.remove(reader.wantedLayers())));
    all.forEach(leg -> leg.dispose(why.code(), String.valueOf(why.getMessage())));
  }

  void close() {
    endReaders(new SluiceException(ErrorCode.STREAM_ENDED, "the stream ended"));
    stopToPackets();
    gop.clear();
  }

  /** What a bridge makes of frames. */
  private final class FromFrames implements RtpBridge.Packets, RtpSource {
    private @Nullable RtpFeed made;

    @Override
    public void onTracks(List<RtpTrack> known) {
      RtpFeed before = made;
      if (before != null) {
        // Of this same bridge, which goes on: it is not to be told of an end.
        before.close();
      }
      made = connect(known, this, null);
    }

    @Override
    public void onPacket(RtpPacket packet) {
      RtpFeed to = made;
      if (to == null) {
        packet.release();
      } else {
        to.packet(packet);
      }
    }

    @Override
    public void onFlush() {
      flush();
    }

    @Override
    public void onClock(RtpTrack track, long ntp, int rtp) {
      RtpFeed to = made;
      if (to != null) {
        to.clock(track, 0, new RtpClock(ntp, rtp, ticker.nanos()));
      }
    }

    @Override
    public void onRefused(ErrorCode code, String why) {
      refused = new SluiceException(code, "can't play " + key() + " by WebRTC: " + why);
      endReaders(refused);
    }

    @Override
    public void requestKeyframe(int layer) {
      RtpBridge.Handle bridge = toPackets;
      if (bridge != null) {
        bridge.requestKeyframe();
      }
    }

    @Override
    public boolean heedsRequests() {
      return false;
    }

    @Override
    public void onEnd(ErrorCode code, String why) {
      stopToPackets();
    }
  }

  // ---- sources ----

  /** Connects a source, whose packets readers get from now on. */
  RtpFeed connect(List<RtpTrack> known, RtpSource source, @Nullable Publication publication) {
    RtpFeed before = feed;
    if (before != null) {
      before.end(ErrorCode.PUBLISH_REPLACED, "another source has the stream now");
    }
    RtpFeed next = new RtpFeed(this, known, source, publication);
    boolean sameCodecs = tracks.isEmpty() || haveSameCodecs(tracks, known);
    feed = next;
    visibleFeed = next;
    layers.sourceChanged();
    tracks = next.tracks();
    if (sameCodecs) {
      // A reader may leave on hearing it.
      List.copyOf(legs).forEach(RtpLeg::sourceChanged);
      if (!legs.isEmpty()) {
        requestAll();
      }
    } else {
      endReaders(
          new SluiceException(
              ErrorCode.CODEC_CHANGED, key() + " is published again with other codecs: play it anew"));
    }
    tellLayers();
    List<CompletableFuture<RtpStream>> ready = List.copyOf(waiting);
    waiting.clear();
    ready.forEach(answer -> answer.complete(this));
    return next;
  }

  private static boolean haveSameCodecs(List<RtpTrack> before, List<RtpTrack> now) {
    if (before.size() != now.size()) {
      return false;
    }
    for (int i = 0; i < now.size(); i++) {
      if (before.get(i).codec() != now.get(i).codec()) {
        return false;
      }
    }
    return true;
  }

  void feedEnded(RtpFeed ended) {
    if (feed == ended) {
      feed = null;
      visibleFeed = null;
      gop.clear();
      stopToFrames();
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
    if (packet.keyframe() && packet.track().kind() == MediaKind.VIDEO) {
      requests[packet.layer()].served();
    }
    if (packet.layer() == 0) {
      gop.add(packet);
    }
    for (int i = 0; i < legs.size(); i++) {
      legs.get(i).append(packet);
    }
    RtpBridge.Frames frames = toFrames;
    if (frames != null) {
      frames.packet(packet);
    }
  }

  void flush() {
    for (int i = 0; i < legs.size(); i++) {
      legs.get(i).flush();
    }
  }

  void clockChanged(RtpFeed from, RtpTrack track, int layer, RtpClock clock) {
    RtpBridge.Frames frames = toFrames;
    if (from == feed && frames != null) {
      frames.clock(track, layer, clock);
    }
  }

  /** Makes frames of the packets from now on, or no longer. */
  void wantFrames(boolean wanted) {
    RtpFeed now = feed;
    Publication publication = now == null ? null : now.publication();
    if (!wanted) {
      stopToFrames();
    } else if (toFrames == null && now != null && publication != null) {
      toFrames = owner.bridge().toFrames(publication, now.tracks(), this::requestKeyframe);
      for (RtpTrack track : now.tracks()) {
        for (int layer = 0; layer < MAX_LAYERS; layer++) {
          RtpClock clock = now.clock(track.index(), layer);
          if (clock != null) {
            toFrames.clock(track, layer, clock);
          }
        }
      }
      tellLayers();
      beginFrames(toFrames, now);
      keyframes =
          loop()
              .scheduleAtFixedRate(
                  this::keyframeForFrames, FRAMES_KEYFRAME_MS, FRAMES_KEYFRAME_MS, TimeUnit.MILLISECONDS);
    }
  }

  private void tellLayers() {
    RtpFeed now = feed;
    if (now != null && now.tracks().stream().anyMatch(track -> track.layers().size() > 1)) {
      layers.tell(now.source(), toFrames == null ? 0 : RtpReader.ALL_LAYERS);
    }
  }

  /** Players of frames begin at keyframes, and segments of HLS too: browsers make none unless they are asked. */
  private void keyframeForFrames() {
    if (gop.age(ticker.nanos()) > FRAMES_KEYFRAME_MS * 1_000_000 * 3 / 4) {
      requests[0].request();
    }
  }

  private void beginFrames(RtpBridge.Frames frames, RtpFeed now) {
    RtpBatch first = beginning(now, true);
    if (first == null) {
      requests[0].request();
      return;
    }
    for (int i = 0; i < first.count(); i++) {
      frames.packet(first.packets()[i]);
    }
    first.release();
  }

  private void stopToFrames() {
    RtpBridge.Frames frames = toFrames;
    toFrames = null;
    tellLayers();
    if (frames != null) {
      frames.close();
    }
    Future<?> timer = keyframes;
    keyframes = null;
    if (timer != null) {
      timer.cancel(false);
    }
  }

  // ---- readers ----

  /** Adds a reader, which gets packets from now on, beginning with a keyframe as soon as one can be had; from any thread. */
  public void add(RtpReader reader) {
    run(
        () -> {
          RtpFeed now = feed;
          RtpBatch first = now == null ? null : beginning(now, false);
          layers.add(reader.wantedLayers());
          tellLayers();
          legFor(reader.loop()).admit(reader, first);
          if (first == null && now != null) {
            requestAll();
          }
        });
  }

  /**
   * Says that a reader is about to be added: the keyframe that it would have to wait for is asked for now, so that it is
   * there when the reader's handshake is over; from any thread.
   */
  public void readerComes() {
    run(
        () -> {
          RtpFeed now = feed;
          if (now != null && now.source().heedsRequests() && gop.age(ticker.nanos()) >= FRESH_NANOS) {
            requestAll();
          }
        });
  }

  /** What one that joins begins with; null where a keyframe must be asked for. */
  private @Nullable RtpBatch beginning(RtpFeed now, boolean sound) {
    boolean fresh = gop.age(ticker.nanos()) < FRESH_NANOS;
    return fresh || !now.source().heedsRequests() ? gop.copy(sound) : null;
  }

  private RtpLeg legFor(EventLoop loop) {
    for (int i = 0; i < legs.size(); i++) {
      if (legs.get(i).loop() == loop) {
        return legs.get(i);
      }
    }
    RtpLeg leg = new RtpLeg(this, loop);
    legs.add(leg);
    return leg;
  }

  private @Nullable RtpLeg legOf(EventLoop loop) {
    for (int i = 0; i < legs.size(); i++) {
      if (legs.get(i).loop() == loop) {
        return legs.get(i);
      }
    }
    return null;
  }

  /** Takes a reader away that was added; from any thread. */
  public void remove(RtpReader reader) {
    run(
        () -> {
          RtpLeg leg = legOf(reader.loop());
          if (leg != null && leg.remove(reader)) {
            layers.remove(reader.wantedLayers());
            tellLayers();
            if (leg.members().isEmpty()) {
              legs.remove(leg);
              leg.dispose(ErrorCode.OK, "");
            }
          }
        });
  }

  /** Asks for a keyframe of a layer, where a reader can't go on without one; from any thread. */
  public void requestKeyframe(int layer) {
    if (layer >= 0 && layer < MAX_LAYERS) {
      run(() -> requests[layer].request());
    }
  }

  private void requestAll() {
    requests[0].request();
  }

  private void askSource(int layer) {
    RtpFeed now = feed;
    if (now != null) {
      now.source().requestKeyframe(layer);
    }
  }
}
