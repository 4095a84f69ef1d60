package live.sluice.container.hls;

import java.util.ArrayList;
import java.util.List;
import live.sluice.media.Frame;
import live.sluice.media.MediaKind;
import live.sluice.media.Track;
import org.jspecify.annotations.Nullable;

/**
 * The first frames of a source, held back until its tracks are known: the tables of the first segment name them, and many
 * players never look for a track that is not in the first segment they get. Holds references.
 */
final class Opening {
  private static final long MEDIA_MS = 500;
  private static final int MAX_FRAMES = 512;
  private static final int MAX_BYTES = 8 << 20;

  private final List<Frame> frames = new ArrayList<>();
  private @Nullable Track video;
  private @Nullable Track audio;
  private boolean hasPicture;
  private int bytes;

  /** Learns a track, from a configuration or from a frame. */
  void track(Track track) {
    switch (track.kind()) {
      case VIDEO -> video = track;
      case AUDIO -> audio = track;
      case DATA -> {}
    }
  }

  void add(Frame frame) {
    track(frame.track());
    frames.add(frame.retain());
    hasPicture |= frame.kind() == MediaKind.VIDEO;
    bytes += frame.size();
  }

  /** Whether both tracks are known and the first picture is here, or what is missing did not come for a while. */
  boolean isSettled() {
    return !frames.isEmpty()
        && ((hasPicture && audio != null)
            || frames.getLast().dts() - frames.getFirst().dts() >= MEDIA_MS
            || frames.size() >= MAX_FRAMES
            || bytes >= MAX_BYTES);
  }

  boolean isEmpty() {
    return frames.isEmpty();
  }

  @Nullable Track video() {
    return video;
  }

  @Nullable Track audio() {
    return audio;
  }

  /** Whether the first picture is a keyframe: then the sound before it belongs to it. */
  boolean beginsWithKeyframe() {
    for (Frame frame : frames) {
      if (frame.kind() == MediaKind.VIDEO) {
        return frame.keyframe();
      }
    }
    return false;
  }

  /** Gives away what is held: the caller releases it. */
  List<Frame> take() {
    List<Frame> all = List.copyOf(frames);
    frames.clear();
    return all;
  }

  void release() {
    take().forEach(Frame::release);
  }
}
