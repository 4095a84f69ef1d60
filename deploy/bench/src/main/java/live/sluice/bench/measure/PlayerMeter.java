package live.sluice.bench.measure;

import live.sluice.bench.scan.AudioHead;
import live.sluice.bench.scan.FrameSink;
import live.sluice.bench.scan.SenderClock;
import live.sluice.bench.scan.VideoHead;
import org.HdrHistogram.IntCountsHistogram;
import org.jspecify.annotations.Nullable;

/**
 * One player. Touched on its loop alone; the time is that of the loop's clock, which whoever reads the socket has looked
 * at.
 *
 * <p>A stall is what a viewer with no buffer of his own would see: media time falls behind the wall by more than the
 * bound, counted from the first frame; it lasts until media comes again, and from then on is counted anew.
 */
public final class PlayerMeter implements FrameSink {
  private static final long NEVER = Long.MIN_VALUE;

  private final PlayMeters all;
  private final boolean slow;
  private @Nullable IntCountsHistogram latency;

  long requestedAt = NEVER;
  long firstMediaAt = NEVER;
  long firstKeyframeAt = NEVER;
  long bytes;
  long frames;
  int stalls;
  long stalledNanos;
  int gaps;
  int gapsWithoutKeyframe;
  int stepsBack;
  int drops;

  /** Timestamps of the last frames, -1 before the first. */
  private long audioMs = -1;

  private long videoMs = -1;

  /** Where media and wall were when counting for stalls began anew. */
  private long mediaStartMs = NEVER;

  private long wallStart;
  private long mediaMs;
  private boolean connected;
  private boolean over;
  private boolean left;

  PlayerMeter(PlayMeters all, boolean slow) {
    this.all = all;
    this.slow = slow;
  }

  /** Whether it is one of those that stop reading for a time. */
  public boolean slow() {
    return slow;
  }

  /** It asks, as soon as there is a connection. */
  public void requested() {
    if (requestedAt == NEVER) {
      requestedAt = all.clock.nanos();
    }
  }

  /** It has a connection. */
  public void connected() {
    if (!connected) {
      connected = true;
      all.connected++;
    }
  }

  /** Bytes came from the socket. */
  public void received(int count) {
    bytes += count;
    all.bytes += count;
  }

  /** Media came, be it a part of a frame. */
  public void mediaBegins() {
    if (firstMediaAt == NEVER) {
      firstMediaAt = all.clock.nanos();
      all.playing++;
    }
  }

  @Override
  public void frame(int type, long timestampMs, byte[] head, int headLength, int length) {
    if (type == VIDEO) {
      if (VideoHead.isPicture(head, headLength)) {
        picture(timestampMs, VideoHead.isKeyframe(head, headLength), SenderClock.find(head, headLength));
      }
    } else if (type == AUDIO && AudioHead.isSound(head, headLength)) {
      sound(timestampMs);
    }
  }

  /** A frame of sound came. */
  public void sound(long timestampMs) {
    mediaBegins();
    frames++;
    all.frames++;
    step(audioMs, timestampMs, true);
    audioMs = timestampMs;
    media(timestampMs);
  }

  /**
   * A whole picture came.
   *
   * @param keyframe whether decoding can begin here
   * @param sentNanos what its publisher's clock said, in ns since 1970; -1 where that is not known
   */
  public void picture(long timestampMs, boolean keyframe, long sentNanos) {
    picture(timestampMs, keyframe);
    if (sentNanos >= 0) {
      latency(all.clock.wallNanos() - sentNanos);
    }
  }

  /** Whether a whole keyframe came. */
  public boolean hasKeyframe() {
    return firstKeyframeAt != NEVER;
  }

  private void picture(long timestampMs, boolean keyframe) {
    mediaBegins();
    frames++;
    all.frames++;
    if (keyframe && firstKeyframeAt == NEVER) {
      firstKeyframeAt = all.clock.nanos();
    }
    step(videoMs, timestampMs, keyframe);
    videoMs = timestampMs;
    media(timestampMs);
  }

  private void step(long before, long timestampMs, boolean keyframe) {
    if (before < 0) {
      return;
    }
    if (timestampMs < before) {
      stepsBack++;
    } else if (timestampMs - before > all.settings.gapMs()) {
      gaps++;
      if (!keyframe) {
        gapsWithoutKeyframe++;
      }
    }
  }

  /** Media up to a time came, be it in frames or in segments. */
  public void media(long untilMs) {
    long now = all.clock.nanos();
    if (mediaStartMs == NEVER) {
      mediaStartMs = untilMs;
      wallStart = now;
      mediaMs = untilMs;
      return;
    }
    if (untilMs <= mediaMs) {
      return;
    }
    // What had come before this frame has been shown by now: this is when the picture stood still.
    stall(now);
    mediaMs = untilMs;
  }

  /**
   * A whole segment came, which begins with a keyframe: media goes up to a time, counted from the first segment's start.
   */
  public void segment(long untilMs) {
    frames++;
    all.frames++;
    if (firstKeyframeAt == NEVER) {
      firstKeyframeAt = all.clock.nanos();
    }
    if (mediaStartMs == NEVER) {
      // Shown from now on, all of it.
      mediaStartMs = 0;
      wallStart = all.clock.nanos();
      mediaMs = untilMs;
    } else {
      media(untilMs);
    }
  }

  private void stall(long now) {
    long behind = now - wallStart - (mediaMs - mediaStartMs) * 1_000_000;
    if (behind > all.settings.stallNanos()) {
      stalls++;
      all.stalls++;
      stalledNanos += behind;
      wallStart += behind;
    }
  }

  /** Media before this did not come in time and never will: a segment that was gone. */
  public void dropped() {
    drops++;
    gaps++;
  }

  private void latency(long nanos) {
    if (!all.measuring) {
      return;
    }
    if (slow) {
      all.slowLatency.record(nanos);
      return;
    }
    all.latency.record(nanos);
    all.interval.record(nanos);
    IntCountsHistogram own = latency;
    if (own == null) {
      own = new IntCountsHistogram(1, Latencies.MAX_MICROS, 2);
      latency = own;
    }
    own.recordValue(Latencies.micros(nanos));
  }

  /** The age of media that came, for protocols whose frames are not scanned. */
  public void age(long nanos) {
    latency(nanos);
  }

  /** It is over, and not because we ended it; only the first call counts. */
  public void ended(String why) {
    if (over) {
      return;
    }
    over = true;
    if (firstMediaAt == NEVER) {
      all.failed++;
    } else {
      all.disconnected++;
      all.playing--;
    }
    if (connected) {
      all.connected--;
    }
    all.count(why);
  }

  /** It leaves by itself. Before the first frame that is a failure: it was not served in the time that it had. */
  void leave() {
    if (!over && firstMediaAt == NEVER) {
      ended("left before the first frame came");
    }
    left = true;
    if (over) {
      return;
    }
    over = true;
    finish();
    all.playing--;
    if (connected) {
      all.connected--;
    }
  }

  /** Whether it left by itself. */
  boolean hasLeft() {
    return left;
  }

  /** Whether media comes, or came before it was over. */
  public boolean isPlaying() {
    return firstMediaAt != NEVER;
  }

  /** Whether it is over. */
  public boolean isOver() {
    return over;
  }

  void begin() {
    bytes = 0;
    frames = 0;
    stalls = 0;
    stalledNanos = 0;
    gaps = 0;
    gapsWithoutKeyframe = 0;
    stepsBack = 0;
    IntCountsHistogram own = latency;
    if (own != null) {
      own.reset();
    }
  }

  void finish() {
    if ((!over || left) && mediaStartMs != NEVER) {
      stall(all.clock.nanos());
    }
  }

  /** Its 99th percentile in µs; -1 without any. */
  long p99Micros() {
    IntCountsHistogram own = latency;
    return own == null || own.getTotalCount() == 0 ? -1 : own.getValueAtPercentile(99);
  }
}
