package live.sluice.container.hls;

/**
 * A media playlist as it was when a segment was completed. Immutable; {@code bytes} is shared and must not be written to.
 *
 * @param bytes the playlist in UTF-8, as it is served
 * @param targetSeconds its target duration in s; a cache may keep it for half of that at most
 * @param epoch of its last segment
 * @param firstSequence media sequence number of its first segment
 * @param lastSequence media sequence number of its last segment
 * @param discontinuitySequence of its first segment
 * @param independent whether every segment begins with a keyframe, or is sound alone
 */
public record HlsPlaylist(
    byte[] bytes,
    int targetSeconds,
    long epoch,
    long firstSequence,
    long lastSequence,
    long discontinuitySequence,
    boolean independent) {

  /** The media type of playlists. */
  public static final String CONTENT_TYPE = "application/vnd.apple.mpegurl";

  /** The media type of segments. */
  public static final String SEGMENT_CONTENT_TYPE = "video/mp2t";
}
