package live.sluice.media;

import java.util.ArrayList;
import java.util.List;

/**
 * The frames since the last keyframe, so that a player can begin at once. Without video it holds the last second of
 * sound. Past its bounds it lets go of everything and begins again at the next keyframe. Owned by the stream's loop; it
 * holds a reference to each of its frames.
 */
final class GopCache {
  private static final long AUDIO_ONLY_MS = 1_000;

  private final int maxBytes;
  private final int maxFrames;
  private final List<Frame> frames = new ArrayList<>();
  private long bytes;
  private boolean hasVideo;

  GopCache(int maxBytes, int maxFrames) {
    this.maxBytes = maxBytes;
    this.maxFrames = maxFrames;
  }

  void add(Frame frame) {
    if (frame.kind() == MediaKind.VIDEO) {
      if (!hasVideo || frame.keyframe()) {
        clear();
        hasVideo = true;
      }
      if (frames.isEmpty() && !frame.keyframe()) {
        return;
      }
    } else if (hasVideo && frames.isEmpty()) {
      return;
    }
    if (frames.size() >= maxFrames || bytes + frame.size() > maxBytes) {
      clearFrames();
      if (hasVideo) {
        return;
      }
    }
    frames.add(frame.retain());
    bytes += frame.size();
    if (!hasVideo) {
      trimAudio(frame.dts());
    }
  }

  private void trimAudio(long now) {
    int old = 0;
    while (old < frames.size() && now - frames.get(old).dts() > AUDIO_ONLY_MS) {
      bytes -= frames.get(old).size();
      frames.get(old).release();
      old++;
    }
    frames.subList(0, old).clear();
  }

  /** The frames, oldest first; borrowed, and only good until the next {@link #add}. */
  List<Frame> frames() {
    return frames;
  }

  /** Whether a reader may begin with these frames: with a keyframe, or with sound alone as long as there is no video. */
  boolean startsAtKeyframe() {
    return !frames.isEmpty();
  }

  /** Lets go of everything, and of the knowledge whether there is video. */
  void clear() {
    clearFrames();
    hasVideo = false;
  }

  private void clearFrames() {
    for (Frame frame : frames) {
      frame.release();
    }
    frames.clear();
    bytes = 0;
  }
}
