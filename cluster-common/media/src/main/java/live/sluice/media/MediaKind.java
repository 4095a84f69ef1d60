package live.sluice.media;

/** What a frame or a track carries. */
public enum MediaKind {
  /** Pictures. */
  VIDEO,
  /** Sound. */
  AUDIO,
  /** Script data: metadata, cue points, captions; passed through unread. */
  DATA
}
