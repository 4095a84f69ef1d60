package live.sluice.bridge;

import java.util.ArrayDeque;
import live.sluice.media.Frame;
import live.sluice.media.MediaKind;
import live.sluice.media.Ticker;
import live.sluice.rtp.RtpTrack;

/**
 * Hands frames of sound and pictures on in the order of their times, as players of FLV and segments of HLS want them. Sound
 * comes some 60 ms behind its pictures, which is what an encoder of AAC takes; pictures wait for it, and would have to in
 * the player. A track that is late waits for nobody, and one that has gone quiet is not waited for. On the stream's loop;
 * it is to be closed.
 */
final class Interleaver implements FrameOutput, AutoCloseable {
  /** The longest that a frame waits for the other track, in ns; a track that has brought nothing for so long is quiet. */
  private static final long MOST_NANOS = 500_000_000L;

  /** The same until a track that is known to come has caught up for the first time: libraries of codecs are loaded first. */
  private static final long BEGIN_NANOS = 1_000_000_000L;

  /** A track of which more bytes wait does not wait: twice what 20 Mb/s bring in a second. */
  static final int MOST_BYTES = 5 << 20;

  private final Ticker ticker;
  private final FrameOutput out;
  private final Lane pictures = new Lane();
  private final Lane sound = new Lane();
  private boolean started;

  private record Waiting(Frame frame, long sinceNanos) {}

  /** One track. */
  private static final class Lane {
    private final ArrayDeque<Waiting> queue = new ArrayDeque<>();
    private int bytes;
    private boolean announced;
    private boolean caughtUp;
    private boolean leftOut;
    private long newest = Long.MIN_VALUE;
    private long lastNanos;

    void add(Frame frame, long nowNanos) {
      leftOut = false;
      lastNanos = nowNanos;
      announced |= frame.config();
      if (!frame.config()) {
        newest = frame.dts();
      }
      queue.add(new Waiting(frame, nowNanos));
      bytes += frame.size();
    }

    /** Takes the first frame away, which is the caller's. */
    Frame take() {
      Frame frame = queue.remove().frame();
      bytes -= frame.size();
      return frame;
    }

    /** Whether a frame of the other track, of that time and there since then, is to wait for what comes here. */
    boolean isAwaited(long dts, long sinceNanos, long nowNanos) {
      caughtUp |= newest >= dts;
      if (leftOut || newest >= dts) {
        return false;
      }
      long most = announced && !caughtUp ? BEGIN_NANOS : MOST_NANOS;
      return nowNanos - sinceNanos < most && nowNanos - lastNanos < most;
    }

    void clear() {
      for (Waiting waiting = queue.poll(); waiting != null; waiting = queue.poll()) {
        waiting.frame().release();
      }
    }
  }

  Interleaver(Ticker ticker, FrameOutput out) {
    this.ticker = ticker;
    this.out = out;
  }

  @Override
  public void onFrame(Frame frame) {
    long now = ticker.nanos();
    if (!started) {
      started = true;
      pictures.lastNanos = now;
      sound.lastNanos = now;
    }
    Lane lane = lane(frame.kind());
    lane.add(frame, now);
    drain(now);
  }

  /** Lets go what has waited long enough; to be called every 20 to 100 ms. */
  void poll() {
    drain(ticker.nanos());
  }

  private void drain(long now) {
    while (handOn(sound, pictures, now) || handOn(pictures, sound, now)) {
      // Each hands on what is due of one track; that may make the other one's due.
    }
  }

  /** Hands on the first frame of a track where nothing earlier can come of the other one; false where none is due. */
  private boolean handOn(Lane lane, Lane other, long now) {
    Waiting first = lane.queue.peek();
    if (first == null) {
      return false;
    }
    Frame frame = first.frame();
    Waiting theirs = other.queue.peek();
    // A configuration has no time of its own: only frames of its track come before it.
    boolean due = frame.config();
    if (!due && theirs != null) {
      due = !theirs.frame().config() && frame.dts() <= theirs.frame().dts();
      other.caughtUp |= due;
    } else if (!due) {
      due = !other.isAwaited(frame.dts(), first.sinceNanos(), now) || lane.bytes > MOST_BYTES;
    }
    if (due) {
      out.onFrame(lane.take());
    }
    return due;
  }

  private Lane lane(MediaKind kind) {
    return kind == MediaKind.AUDIO ? sound : pictures;
  }

  @Override
  public void onKeyframeNeeded(int layer) {
    out.onKeyframeNeeded(layer);
  }

  @Override
  public void onTrackLeftOut(RtpTrack track, String why) {
    lane(track.kind()).leftOut = true;
    out.onTrackLeftOut(track, why);
    drain(ticker.nanos());
  }

  @Override
  public void close() {
    pictures.clear();
    sound.clear();
  }
}
