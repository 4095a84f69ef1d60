package live.sluice.media;

/** Which kinds of frames a reader gets; script data always passes. */
public enum TrackFilter {
  /** Everything. */
  ALL,
  /** No video. */
  AUDIO_ONLY,
  /** No audio. */
  VIDEO_ONLY;

  /** Whether frames of that kind pass. */
  public boolean passes(MediaKind kind) {
    return switch (kind) {
      case VIDEO -> this != AUDIO_ONLY;
      case AUDIO -> this != VIDEO_ONLY;
      case DATA -> true;
    };
  }
}
