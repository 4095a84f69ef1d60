package live.sluice.media;

import org.jspecify.annotations.Nullable;

/** The tracks that a stream has now, one of a kind. Written on the stream's loop, read from any thread. */
final class CurrentTracks {
  private volatile @Nullable Track video;
  private volatile @Nullable Track audio;

  /** Null where there is none of that kind. */
  @Nullable Track of(MediaKind kind) {
    return switch (kind) {
      case VIDEO -> video;
      case AUDIO -> audio;
      case DATA -> null;
    };
  }

  /** Takes the place of the one of its kind. */
  void set(Track track) {
    switch (track.kind()) {
      case VIDEO -> video = track;
      case AUDIO -> audio = track;
      case DATA -> {}
    }
  }

  /** There are none any more. */
  void clear() {
    video = null;
    audio = null;
  }
}
