package live.sluice.container.hls;

import live.sluice.media.Frame;
import live.sluice.media.MediaKind;

/**
 * Decides where a source's first segment begins, and where segments end: at the first keyframe when the target duration is
 * reached. Where keyframes are further apart than the longest segment may be, between access units, in even parts so that
 * the next keyframe begins a segment again.
 */
final class CutPolicy {
  /** Shorter than this no segment is cut by choice: media sequences of a new owner count on it. */
  private static final long SHORTEST_MS = 1_000;

  /** Keyframes at a period of the target's length are a little early at times. */
  private static final int TOLERANCE_DIVISOR = 20;

  /** Pictures that are later than this against the sound are not waited for. */
  private static final long VIDEO_STALL_MS = 1_000;

  /** Media time that runs so much slower than the clock is not trusted. */
  private static final int SLOW = 4;

  private final long targetMs;
  private final long longestMs;
  private final long maxBytes;
  private long lastKeyframeDts = Long.MIN_VALUE;
  private long gopMs;
  private long waitingSinceDts = Long.MIN_VALUE;

  CutPolicy(HlsSettings settings) {
    targetMs = settings.target().toMillis();
    longestMs = settings.longest().toMillis();
    maxBytes = settings.maxSegmentBytes();
  }

  /** Media time for a segment that begins now; the first one is short, for a quick start. */
  long goalMs(boolean first) {
    return first ? SHORTEST_MS : targetMs;
  }

  /** Another source: nothing is known of it, and its first segment is yet to begin. */
  void sourceStarted() {
    waitingSinceDts = Long.MIN_VALUE;
    reset();
  }

  /** Another source, or another clock: what was learned of keyframes is void. */
  void reset() {
    lastKeyframeDts = Long.MIN_VALUE;
    gopMs = 0;
  }

  /**
   * Whether {@code frame} may begin the first segment of a source. Without a keyframe for long there is none to wait for:
   * some encoders refresh pictures in stripes.
   *
   * @param withVideo whether there are pictures at all
   */
  boolean mayOpen(Frame frame, boolean withVideo) {
    if (!withVideo || (frame.kind() == MediaKind.VIDEO && frame.keyframe())) {
      return true;
    }
    if (waitingSinceDts == Long.MIN_VALUE) {
      waitingSinceDts = frame.dts();
    }
    return frame.dts() - waitingSinceDts > 2 * longestMs;
  }

  /** Whether nothing came for so long that what comes now is no continuation. */
  boolean isGap(Frame frame, OpenSegment open) {
    return frame.dts() - open.newestDts() > longestMs;
  }

  /**
   * Whether {@code frame} begins the next segment.
   *
   * @param withVideo whether there are pictures at all
   * @param nowMs monotonic time
   */
  boolean cuts(Frame frame, OpenSegment open, boolean withVideo, long nowMs) {
    long elapsed = open.elapsed(frame.dts());
    if (open.bytes.readableBytes() + frame.size() > maxBytes || nowMs - open.openedAtMs > SLOW * longestMs) {
      return true;
    }
    if (frame.kind() != MediaKind.VIDEO) {
      return withVideo
          ? elapsed >= longestMs && open.videoIsBehind(frame.dts(), VIDEO_STALL_MS)
          : elapsed >= open.goalMs;
    }
    if (!frame.keyframe()) {
      return cutsBetweenKeyframes(frame.dts(), open);
    }
    long goal = open.independent() ? open.goalMs : SHORTEST_MS;
    return elapsed >= Math.max(SHORTEST_MS, goal - goal / TOLERANCE_DIVISOR);
  }

  /** Learns the distance of keyframes. */
  void saw(Frame frame) {
    if (frame.kind() == MediaKind.VIDEO && frame.keyframe()) {
      gopMs = lastKeyframeDts == Long.MIN_VALUE ? 0 : frame.dts() - lastKeyframeDts;
      lastKeyframeDts = frame.dts();
    }
  }

  /** Where keyframes are known to be far apart, at even parts of their distance; else at the last moment. */
  private boolean cutsBetweenKeyframes(long dts, OpenSegment open) {
    long elapsed = open.elapsed(dts);
    if (elapsed >= longestMs || gopMs <= longestMs) {
      return elapsed >= longestMs;
    }
    // A little more than the part, so that the last one ends with the keyframe and not just before.
    long part = gopMs / Math.max(2, Math.round((double) gopMs / targetMs)) + 1;
    long sinceKeyframe = dts - lastKeyframeDts;
    return elapsed >= part / 2 && sinceKeyframe / part > Math.max(0, sinceKeyframe - elapsed) / part;
  }
}
