package live.sluice.container.hls;

import io.netty.buffer.ByteBuf;
import live.sluice.media.Frame;
import live.sluice.media.MediaKind;

/** The segment that is being written. */
final class OpenSegment {
  /** For the last frame of a source, whose end nobody tells: a frame at 25 a second. */
  private static final long USUAL_FRAME_MS = 40;

  final HlsSegmentName name;
  final ByteBuf bytes;
  final long discontinuitySequence;
  final long openedAtMs;

  /** The duration that is aimed at, in ms. */
  final long goalMs;

  private final boolean movable;
  private long startWallMs;
  private long startDts;
  private long newestDts;
  private long lastVideoDts;
  private long lastVideoStepMs = USUAL_FRAME_MS;
  private long lastAudioDts;
  private long lastAudioStepMs = USUAL_FRAME_MS;
  private boolean hasVideo;
  private boolean hasAudio;
  private boolean independent = true;

  /**
   * Begins with {@code first}.
   *
   * @param openedAtMs monotonic time
   * @param movable whether a first picture may move the start: where no segment is before this one, which ended there
   */
  OpenSegment(
      HlsSegmentName name,
      ByteBuf bytes,
      long discontinuitySequence,
      long startWallMs,
      long openedAtMs,
      long goalMs,
      boolean movable,
      Frame first) {
    this.name = name;
    this.bytes = bytes;
    this.discontinuitySequence = discontinuitySequence;
    this.startWallMs = startWallMs;
    this.openedAtMs = openedAtMs;
    this.goalMs = goalMs;
    this.movable = movable;
    this.startDts = first.dts();
    this.newestDts = first.dts();
  }

  /** A frame was written to it. */
  void saw(Frame frame) {
    long dts = frame.dts();
    if (frame.kind() == MediaKind.VIDEO) {
      if (!hasVideo) {
        hasVideo = true;
        independent = frame.keyframe();
        if (movable) {
          startWallMs += dts - startDts;
          startDts = dts;
        }
      } else if (dts > lastVideoDts) {
        lastVideoStepMs = dts - lastVideoDts;
      }
      lastVideoDts = dts;
    } else {
      if (hasAudio && dts > lastAudioDts) {
        lastAudioStepMs = dts - lastAudioDts;
      }
      hasAudio = true;
      lastAudioDts = dts;
    }
    newestDts = Math.max(newestDts, dts);
  }

  /** Wall clock in ms of its start. */
  long startWallMs() {
    return startWallMs;
  }

  /** Media time in ms from its start to {@code dts}. */
  long elapsed(long dts) {
    return dts - startDts;
  }

  /** The newest time of any frame. */
  long newestDts() {
    return newestDts;
  }

  /** Whether pictures are behind {@code dts} by more than {@code ms}. */
  boolean videoIsBehind(long dts, long ms) {
    return dts - (hasVideo ? lastVideoDts : startDts) > ms;
  }

  /** Whether it can be decoded without the one before. */
  boolean independent() {
    return independent;
  }

  /** Where its last frame ends, as far as can be told. */
  long end() {
    return hasVideo && !videoIsBehind(newestDts, 1_000)
        ? lastVideoDts + lastVideoStepMs
        : newestDts + (hasAudio ? lastAudioStepMs : lastVideoStepMs);
  }
}
