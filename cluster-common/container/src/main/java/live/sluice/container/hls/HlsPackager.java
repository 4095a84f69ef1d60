package live.sluice.container.hls;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import live.sluice.container.ts.TsMuxer;
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
 * <p><b>Sequences.</b> A player may go from one owner's playlist to another's, and must never see a sequence go back.
 * The media sequence of a stream that is new here begins at the clock in seconds; segments last a second or more, so that
 * no owner gets ahead of the clock. Where the same owner publishes again and nobody did in between (the entry's
 * discontinuity sequence is the next one), the sequence goes on by one, and the playlist goes on listing the segments
 * before; otherwise it lists the new ones alone. The discontinuity sequence of an epoch begins at its entry's, or after
 * the last one given here where that is greater: jumps of the clock and changes of tracks within an epoch count
 * too. {@link #discontinuitySequence} tells it to the directory, which has to give the next owner a greater one.
 *
 * <p><b>Threads.</b> Frames come on the stream's loop; but a stream that is published again may belong to another loop, and
 * {@link #close} comes from anywhere: hence the lock, which is hardly ever waited for. Playlist and segments are read
 * without it.
 */
public final class HlsPackager implements FrameTap {
  private static final Logger LOG = LoggerFactory.getLogger(HlsPackager.class);
  private static final int LEAST_CAPACITY = 64 << 10;

  private final StreamKey key;
  private final HlsSettings settings;
  private final Ticker ticker;
  private final ByteBufAllocator allocator;
  private final TsMuxer muxer = new TsMuxer();
  private final SegmentWindow window;
  private final PlaylistWriter writer;
  private final CutPolicy policy;
  private final Runnable onGrown;

  // Read from anywhere.
  private volatile @Nullable HlsPlaylist playlist;
  private volatile CompletableFuture<HlsPlaylist> first = new CompletableFuture<>();
  private volatile @Nullable SluiceException failure;
  private volatile long discontinuitySequence = -1;

  private volatile boolean live;
  private volatile boolean grown;

  // Guarded by this.
  private @Nullable Opening opening;
  private @Nullable OpenSegment open;
  private @Nullable Track video;
  private @Nullable Track audio;

  // The last ones looked at, whether a segment can hold them or not.
  private @Nullable Track seenVideo;
  private @Nullable Track seenAudio;
  private boolean tracksChanged;
  private boolean breaks;
  private boolean newEpoch;
  private boolean closed;
  private long epoch;
  private long entryDiscontinuity = -1;
  private long nextSequence;
  private long endedAtMs;
  private long waitingSinceDts = Long.MIN_VALUE;
  private long anchorWallMs;
  private long anchorDts;
  private boolean toldOfLongGops;
  private int targetSeconds;
  private int expectedBytes = LEAST_CAPACITY;

  /** A packager that was never fed. */
  public HlsPackager(StreamKey key, HlsSettings settings, Ticker ticker) {
    this(key, settings, ticker, ByteBufAllocator.DEFAULT, () -> {});
  }

  /** A packager whose segments are allocated there, and that tells of each, on the stream's loop and without a lock. */
  HlsPackager(StreamKey key, HlsSettings settings, Ticker ticker, ByteBufAllocator allocator, Runnable onGrown) {
    this.key = key;
    this.settings = settings;
    this.ticker = ticker;
    this.allocator = allocator;
    this.onGrown = onGrown;
    this.window = new SegmentWindow(settings);
    this.writer = new PlaylistWriter(key);
    this.policy = new CutPolicy(settings);
    this.targetSeconds = seconds(settings.target().toMillis());
  }

  // ---- for those who serve it: from any thread ----

  /** The stream's name. */
  public StreamKey key() {
    return key;
  }

  /** The playlist as it is now, null before the first segment is complete and after the packager was closed. */
  public @Nullable HlsPlaylist playlist() {
    return playlist;
  }

  /**
   * The playlist, as soon as there is one. Fails with a {@link SluiceException}: {@link ErrorCode#NOT_SUPPORTED} where the
   * stream has no track that a segment can hold, {@link ErrorCode#STREAM_ENDED} when the packager is closed before.
   * Completes on the stream's loop: go to your own.
   */
  public CompletionStage<HlsPlaylist> firstPlaylist() {
    return first.copy();
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
      if (window.keepNewest(segments) && playlist != null) {
        playlist = writer.write(window.listed(), targetSeconds);
      }
    }
  }

  /** A segment, retained for the caller, who releases it; null where there is none of that name. */
  public @Nullable HlsSegment segment(long ofEpoch, long sequence) {
    return window.find(new HlsSegmentName(ofEpoch, sequence));
  }

  /** Discontinuity sequence number of the newest segment, -1 before the first one. */
  public long discontinuitySequence() {
    return discontinuitySequence;
  }

  // ---- the source ----

  /** A publisher was connected: an epoch begins. On the stream's loop. */
  public void sourceStarted(StreamEntry entry) {
    synchronized (this) {
      if (closed) {
        return;
      }
      endSource();
      long given = entry.discontinuitySequence();
      boolean goesOn = nextSequence > 0 && (given == entryDiscontinuity + 1 || given == discontinuitySequence + 1);
      long listedMs = settings.window() * settings.target().toMillis();
      if (!goesOn) {
        nextSequence = Math.max(nextSequence, ticker.wallMillis() / 1000);
      }
      if (!goesOn || ticker.millis() - endedAtMs > listedMs) {
        // What is in there is long past, or from before another owner: who asks now gets what comes next.
        window.unlist();
        playlist = null;
        first = first.isDone() ? new CompletableFuture<>() : first;
      }
      epoch = entry.epoch();
      entryDiscontinuity = entry.discontinuitySequence();
      newEpoch = true;
      breaks = true;
      tracksChanged = true;
      video = null;
      audio = null;
      seenVideo = null;
      seenAudio = null;
      opening = new Opening();
      waitingSinceDts = Long.MIN_VALUE;
      policy.reset();
      live = true;
      failure = null;
      if (first.isCompletedExceptionally()) {
        first = new CompletableFuture<>();
      }
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
    OpenSegment last = open;
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
      OpenSegment last = open;
      if (last != null) {
        last.bytes.release();
      }
      open = null;
      muxer.close();
      window.clear();
      playlist = null;
    }
    first.completeExceptionally(new SluiceException(ErrorCode.STREAM_ENDED, "the stream " + key + " ended"));
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
    CompletableFuture<HlsPlaylist> waited = first;
    if (waited.isDone() && !waited.isCompletedExceptionally()) {
      return;
    }
    HlsPlaylist now = playlist;
    SluiceException why = failure;
    if (now != null) {
      if (!waited.complete(now)) {
        first = CompletableFuture.completedFuture(now);
      }
    } else if (why != null) {
      waited.completeExceptionally(why);
    }
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
    if (video == null && audio == null && playlist == null) {
      failure = new SluiceException(ErrorCode.NOT_SUPPORTED, "HLS of " + key + " is not possible: none of its codecs is");
    }
    boolean whole = settled.beginsWithKeyframe();
    List<Frame> frames = settled.take();
    int done = 0;
    try {
      for (Frame frame : frames) {
        if (open == null && whole && carried(frame.kind()) != null) {
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

  /** Learns what a track is like from now on; what a segment can't hold is left out. */
  private void learn(@Nullable Track track) {
    boolean picture = track != null && track.kind() == MediaKind.VIDEO;
    if (track == null || track == (picture ? seenVideo : seenAudio)) {
      return;
    }
    Track known = carried(track.kind());
    Track next = TsMuxer.supports(track) ? track : null;
    boolean same =
        (known == null || next == null)
            ? known == next
            : known.codec() == next.codec() && Arrays.equals(known.config(), next.config());
    if (picture) {
      seenVideo = track;
      video = next;
    } else {
      seenAudio = track;
      audio = next;
    }
    if (!same) {
      tracksChanged = true;
      breaks = true;
    }
    if (next == null) {
      LOG.info("HLS of {} is without {}: a transport stream can't hold it", key, track.codec().label());
    }
  }

  private @Nullable Track carried(MediaKind kind) {
    return kind == MediaKind.VIDEO ? video : audio;
  }

  private void media(Frame frame) {
    learn(frame.track());
    if (carried(frame.kind()) == null) {
      return;
    }
    OpenSegment at = open;
    if (at == null) {
      if (!mayOpen(frame)) {
        return;
      }
      at = open(frame, true);
    } else if (policy.isGap(frame, at)) {
      complete(at, at.end());
      breaks = true;
      at = open(frame, true);
    } else if (breaks || policy.cuts(frame, at, video != null, ticker.millis())) {
      complete(at, frame.dts());
      at = open(frame, false);
    }
    muxer.write(frame, at.bytes);
    at.saw(frame);
    policy.saw(frame);
  }

  /** Without a keyframe for long there is none to wait for: some encoders refresh pictures in stripes. */
  private boolean mayOpen(Frame frame) {
    if (video == null || (frame.kind() == MediaKind.VIDEO && frame.keyframe())) {
      return true;
    }
    if (waitingSinceDts == Long.MIN_VALUE) {
      waitingSinceDts = frame.dts();
    }
    return frame.dts() - waitingSinceDts > 2 * settings.longest().toMillis();
  }

  // ---- segments ----

  private OpenSegment open(Frame frame, boolean movable) {
    if (breaks) {
      long next = newEpoch ? Math.max(entryDiscontinuity, discontinuitySequence + 1) : discontinuitySequence + 1;
      if (next != discontinuitySequence + 1) {
        window.unlist(); // one tag counts as one
      }
      discontinuitySequence = next;
      anchorWallMs = ticker.wallMillis();
      anchorDts = frame.dts();
      muxer.discontinuity();
      policy.reset();
      breaks = false;
      newEpoch = false;
    }
    if (tracksChanged) {
      muxer.tracks(video, audio);
      tracksChanged = false;
    }
    ByteBuf bytes = allocator.directBuffer(expectedBytes);
    muxer.begin(bytes);
    OpenSegment next =
        new OpenSegment(
            new HlsSegmentName(epoch, nextSequence),
            bytes,
            discontinuitySequence,
            anchorWallMs + (frame.dts() - anchorDts),
            ticker.millis(),
            policy.goalMs(!window.hasListed()),
            movable,
            frame);
    nextSequence++;
    open = next;
    return next;
  }

  private void complete(OpenSegment last, long endDts) {
    muxer.flush(last.bytes);
    long durationMs = Math.max(1, last.elapsed(endDts));
    int size = last.bytes.readableBytes();
    expectedBytes = Math.max(LEAST_CAPACITY, size + size / 8);
    window.add(
        new HlsSegment(
            last.name,
            last.bytes,
            durationMs,
            last.startWallMs(),
            last.discontinuitySequence,
            last.independent()));
    open = null;
    grown = true;
    if (!last.independent() && !toldOfLongGops) {
      toldOfLongGops = true;
      LOG.info(
          "Keyframes of {} are more than {} s apart: its HLS segments are cut between them, and players start late",
          key,
          settings.longest().toMillis() / 1e3);
    }
    targetSeconds = Math.max(targetSeconds, seconds(durationMs));
    playlist = writer.write(window.listed(), targetSeconds);
  }

  /** RFC 8216, section 4.3.3.1: durations are rounded to the nearest integer. */
  private static int seconds(long ms) {
    return (int) ((ms + 500) / 1000);
  }
}
