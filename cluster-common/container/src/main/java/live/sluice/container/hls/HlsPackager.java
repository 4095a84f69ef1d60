package live.sluice.container.hls;

import io.netty.buffer.ByteBufAllocator;
import java.util.List;
import java.util.concurrent.CompletionStage;
import live.sluice.media.ErrorCode;
import live.sluice.media.Frame;
import live.sluice.media.FrameTap;
import live.sluice.media.MediaKind;
import live.sluice.media.SluiceException;
import live.sluice.media.StreamEntry;
import live.sluice.media.StreamKey;
import live.sluice.media.Ticker;
import live.sluice.media.Track;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Cuts one stream into segments and lists them, as long as this node has its publisher and a little longer.
 *
 * <p><b>Sequences.</b> {@link Sequences} says how segments are numbered. Where an epoch goes on with the numbers of the one
 * before, the playlist goes on listing the segments before, unless they are long past; otherwise it lists the new ones
 * alone. {@link #discontinuitySequence} tells the newest number to the directory, which has to give the next owner a
 * greater one.
 *
 * <p><b>Parts.</b> What is here is the order of things: from a source's first frames, held back in an {@link Opening}, to
 * segments, which begin and end where the {@link CutPolicy} says, hold the {@link HeldTracks}, are written by the
 * {@link SegmentWriter}, kept in the {@link SegmentWindow} and listed in the {@link ShownPlaylist}.
 *
 * <p><b>Threads.</b> Frames come on the stream's loop; but a stream that is published again may belong to another loop, and
 * {@link #close} comes from anywhere: hence the lock, which is hardly ever waited for. Playlist and segments are read
 * without it.
 */
public final class HlsPackager implements FrameTap {
  private static final Logger LOG = LoggerFactory.getLogger(HlsPackager.class);

  private final StreamKey key;
  private final HlsSettings settings;
  private final Ticker ticker;
  private final SegmentWindow window;
  private final PlaylistWriter playlists;
  private final CutPolicy policy;
  private final Sequences sequences = new Sequences();
  private final HeldTracks tracks;
  private final SegmentWriter writer;
  private final ShownPlaylist shown = new ShownPlaylist();
  private final Runnable onGrown;

  // Read from anywhere.
  private volatile boolean live;
  private volatile boolean grown;

  // Guarded by this.
  private @Nullable Opening opening;
  private boolean breaks;
  private boolean closed;
  private long endedAtMs;
  private boolean toldOfLongGops;

  /** A packager that was never fed. */
  public HlsPackager(StreamKey key, HlsSettings settings, Ticker ticker) {
    this(key, settings, ticker, ByteBufAllocator.DEFAULT, () -> {});
  }

  /** A packager whose segments are allocated there, and that tells of each, on the stream's loop and without a lock. */
  HlsPackager(StreamKey key, HlsSettings settings, Ticker ticker, ByteBufAllocator allocator, Runnable onGrown) {
    this.key = key;
    this.settings = settings;
    this.ticker = ticker;
    this.onGrown = onGrown;
    this.window = new SegmentWindow(settings);
    this.playlists = new PlaylistWriter(key, settings.target());
    this.tracks = new HeldTracks(key);
    this.writer = new SegmentWriter(allocator);
    this.policy = new CutPolicy(settings);
  }

  // ---- for those who serve it: from any thread ----

  /** The stream's name. */
  public StreamKey key() {
    return key;
  }

  /** The playlist as it is now, null before the first segment is complete and after the packager was closed. */
  public @Nullable HlsPlaylist playlist() {
    return shown.now();
  }

  /**
   * The playlist, as soon as there is one. Fails with a {@link SluiceException}: {@link ErrorCode#NOT_SUPPORTED} where the
   * stream has no track that a segment can hold, {@link ErrorCode#STREAM_ENDED} when the packager is closed before.
   * Completes on the stream's loop: go to your own.
   */
  public CompletionStage<HlsPlaylist> firstPlaylist() {
    return shown.first();
  }

  /** Whether a source feeds it now. */
  public boolean live() {
    return live;
  }

  /** Bytes of memory that complete segments take. */
  public long memory() {
    return window.memory();
  }

  /** Drops the oldest segments until so many are left, listed or not. From any thread. */
  void keepNewest(int segments) {
    synchronized (this) {
      if (window.keepNewest(segments) && shown.now() != null) {
        shown.show(playlists.write(window.listed()));
      }
    }
  }

  /** A segment, retained for the caller, who releases it; null where there is none of that name. */
  public @Nullable HlsSegment segment(long ofEpoch, long sequence) {
    return window.find(new HlsSegmentName(ofEpoch, sequence));
  }

  /** Discontinuity sequence number of the newest segment, -1 before the first one. */
  public long discontinuitySequence() {
    return sequences.discontinuity();
  }

  // ---- the source ----

  /** A publisher was connected: an epoch begins. On the stream's loop. */
  public void sourceStarted(StreamEntry entry) {
    synchronized (this) {
      if (closed) {
        return;
      }
      endSource();
      boolean goesOn = sequences.begin(entry, ticker.wallMillis());
      long listedMs = settings.window() * settings.target().toMillis();
      if (!goesOn || ticker.millis() - endedAtMs > listedMs) {
        // What is in there is long past, or from before another owner: who asks now gets what comes next.
        window.unlist();
        shown.restart();
      }
      breaks = true;
      tracks.reset();
      opening = new Opening();
      policy.sourceStarted();
      live = true;
      shown.forgive();
    }
    announce();
  }

  @Override
  public void onSourceEnded() {
    synchronized (this) {
      endSource();
    }
    announce();
  }

  private void endSource() {
    if (!live) {
      return;
    }
    Opening unsettled = opening;
    if (unsettled != null && !unsettled.isEmpty()) {
      settle(unsettled);
    }
    OpenSegment last = writer.open();
    if (last != null) {
      complete(last, last.end());
    }
    opening = null;
    live = false;
    endedAtMs = ticker.millis();
  }

  /** Releases everything; readers keep the segments that they hold. From any thread. */
  public void close() {
    synchronized (this) {
      if (closed) {
        return;
      }
      closed = true;
      live = false;
      Opening unsettled = opening;
      if (unsettled != null) {
        unsettled.release();
      }
      opening = null;
      writer.close();
      window.clear();
      shown.hide();
    }
    shown.close(new SluiceException(ErrorCode.STREAM_ENDED, "the stream " + key + " ended"));
  }

  // ---- frames ----

  @Override
  public void onFrame(Frame frame) {
    synchronized (this) {
      if (live) {
        take(frame);
      }
    }
    announce();
  }

  /** What is to be told to others, once the lock is given back. */
  private void announce() {
    if (grown) {
      grown = false;
      onGrown.run();
    }
    shown.announce();
  }

  private void take(Frame frame) {
    breaks |= frame.discontinuity();
    if (frame.kind() == MediaKind.DATA) {
      return;
    }
    Opening unsettled = opening;
    if (unsettled == null) {
      if (frame.config()) {
        learn(frame.track());
      } else {
        media(frame);
      }
    } else if (frame.config()) {
      unsettled.track(frame.track());
    } else {
      unsettled.add(frame);
      if (unsettled.isSettled()) {
        settle(unsettled);
      }
    }
  }

  private void settle(Opening settled) {
    opening = null;
    learn(settled.video());
    learn(settled.audio());
    if (tracks.isEmpty() && shown.now() == null) {
      shown.fail(
          new SluiceException(ErrorCode.NOT_SUPPORTED, "HLS of " + key + " is not possible: none of its codecs is"));
    }
    boolean whole = settled.beginsWithKeyframe();
    List<Frame> frames = settled.take();
    int done = 0;
    try {
      for (Frame frame : frames) {
        if (writer.open() == null && whole && tracks.holds(frame.kind())) {
          open(frame, true);
        }
        media(frame);
        done++;
        frame.release();
      }
    } finally {
      for (Frame frame : frames.subList(Math.min(done, frames.size()), frames.size())) {
        frame.release();
      }
    }
  }

  private void learn(@Nullable Track track) {
    breaks |= tracks.learn(track);
  }

  private void media(Frame frame) {
    learn(frame.track());
    if (!tracks.holds(frame.kind())) {
      return;
    }
    OpenSegment at = writer.open();
    if (at == null) {
      if (!policy.mayOpen(frame, tracks.holds(MediaKind.VIDEO))) {
        return;
      }
      at = open(frame, true);
    } else if (policy.isGap(frame, at)) {
      complete(at, at.end());
      breaks = true;
      at = open(frame, true);
    } else if (breaks || policy.cuts(frame, at, tracks.holds(MediaKind.VIDEO), ticker.millis())) {
      complete(at, frame.dts());
      at = open(frame, false);
    }
    writer.write(frame, at);
    policy.saw(frame);
  }

  // ---- segments ----

  private OpenSegment open(Frame frame, boolean movable) {
    if (breaks) {
      if (!sequences.discontinue()) {
        window.unlist(); // one tag counts as one
      }
      writer.discontinue(ticker.wallMillis(), frame.dts());
      policy.reset();
      breaks = false;
    }
    long goalMs = policy.goalMs(!window.hasListed());
    return writer.open(sequences, tracks, ticker.millis(), goalMs, movable, frame);
  }

  private void complete(OpenSegment last, long endDts) {
    HlsSegment segment = writer.complete(last, endDts);
    window.add(segment);
    grown = true;
    if (!last.independent() && !toldOfLongGops) {
      toldOfLongGops = true;
      LOG.info(
          "Keyframes of {} are more than {} s apart: its HLS segments are cut between them, and players start late",
          key,
          settings.longest().toMillis() / 1e3);
    }
    shown.show(playlists.write(window.listed()));
  }
}
