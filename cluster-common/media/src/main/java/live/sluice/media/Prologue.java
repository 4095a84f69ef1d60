package live.sluice.media;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What every reader must know before the first frame of media: metadata and the codec configurations, as they are now.
 * Owned by the stream's loop; it holds a reference to each of its frames.
 */
final class Prologue {
  private final @Nullable Frame[] latest = new @Nullable Frame[MediaKind.values().length];
  private final @Nullable Track[] tracks = new @Nullable Track[MediaKind.values().length];

  /** Whether {@code frame}, a configuration, says what is known already. */
  boolean isKnown(Frame frame) {
    Frame known = latest[frame.kind().ordinal()];
    return known != null
        && frame.kind() != MediaKind.DATA
        && known.track().codec() == frame.track().codec()
        && Arrays.equals(known.track().config(), frame.track().config());
  }

  /** Keeps a configuration in place of the last one of its kind. */
  void set(Frame config) {
    int k = config.kind().ordinal();
    Frame old = latest[k];
    latest[k] = config.retain();
    tracks[k] = config.track();
    if (old != null) {
      old.release();
    }
  }

  /** Learns the track of a frame of media, for codecs that have no configuration. */
  void seen(Frame frame) {
    tracks[frame.kind().ordinal()] = frame.track();
  }

  /** Whether there is a track of that kind. */
  boolean has(MediaKind kind) {
    return tracks[kind.ordinal()] != null;
  }

  /** The current track of that kind. */
  @Nullable Track track(MediaKind kind) {
    return tracks[kind.ordinal()];
  }

  /** Metadata, then video's configuration, then audio's; borrowed. */
  List<Frame> frames() {
    List<Frame> all = new ArrayList<>(3);
    addIfKnown(all, MediaKind.DATA);
    addIfKnown(all, MediaKind.VIDEO);
    addIfKnown(all, MediaKind.AUDIO);
    return all;
  }

  private void addIfKnown(List<Frame> all, MediaKind kind) {
    Frame frame = latest[kind.ordinal()];
    if (frame != null) {
      all.add(frame);
    }
  }

  void clear() {
    for (int i = 0; i < latest.length; i++) {
      Frame frame = latest[i];
      if (frame != null) {
        frame.release();
      }
      latest[i] = null;
      tracks[i] = null;
    }
  }
}
