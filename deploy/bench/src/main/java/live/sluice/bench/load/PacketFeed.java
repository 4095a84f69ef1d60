package live.sluice.bench.load;

import live.sluice.bench.clip.RtcClip;
import live.sluice.bench.clip.RtcPicture;
import live.sluice.bench.measure.PublishMeters;
import live.sluice.bench.rtc.PacketSink;

/**
 * Sends a clip in packets, over and over, each picture when it is due with the sound before it. Where a keyframe is asked
 * for, the clip goes on at its next one, while the time goes on as ever. On its loop alone.
 */
final class PacketFeed implements Paced {
  private static final long MOST_LATE_NANOS = 1_000_000_000;

  private final LoadLoop loop;
  private final RtcClip clip;
  private final PublishMeters meters;
  private final PacketSink sink;

  /** When the media time 0 is, and what of it comes next. */
  private long startNanos;

  private long pictureMs;
  private long soundMs;
  private int next;
  private boolean waitKeyframe;
  private boolean stopped;

  /** A feed that has not begun. */
  PacketFeed(LoadLoop loop, RtcClip clip, PublishMeters meters, PacketSink sink) {
    this.loop = loop;
    this.clip = clip;
    this.meters = meters;
    this.sink = sink;
  }

  /**
   * Begins.
   *
   * @param phaseNanos how much later than it might, so that not all publishers send at once
   */
  void begin(Pacer pacer, long phaseNanos) {
    startNanos = pacer.nextPhase(phaseNanos);
    pacer.add(this);
  }

  /** Sends nothing more. */
  void stop() {
    stopped = true;
  }

  /** The media time that it is now. */
  long nowMs() {
    return (loop.clock().read() - startNanos) / 1_000_000;
  }

  @Override
  public long dueNanos() {
    return startNanos + pictureMs * 1_000_000;
  }

  @Override
  public boolean send(long now) {
    if (stopped) {
      return false;
    }
    long late = now - dueNanos();
    if (late > MOST_LATE_NANOS) {
      // As of RTMP: the stream halts for a moment, and does not make up for it.
      startNanos += late;
    }
    if (sink.takeKeyframeWanted()) {
      next = clip.keyframeFrom(next);
    }
    RtcPicture picture = clip.pictures().get(next);
    boolean writable = sink.isWritable();
    waitKeyframe = !writable || (waitKeyframe && !picture.keyframe());
    loop.clock().read();
    long wall = loop.clock().wallNanos();
    for (; soundMs <= pictureMs; soundMs += RtcClip.SOUND_MS) {
      if (writable) {
        meters.sent(sink.sound(RtcClip.SOUND, soundMs, wall), late);
      } else {
        meters.dropped();
      }
    }
    if (waitKeyframe) {
      meters.dropped();
    } else {
      loop.clock().read();
      meters.sent(sink.picture(picture.payloads(), pictureMs, loop.clock().wallNanos()), late);
    }
    sink.flush();
    pictureMs += picture.durationMs();
    next = (next + 1) % clip.pictures().size();
    return true;
  }
}
