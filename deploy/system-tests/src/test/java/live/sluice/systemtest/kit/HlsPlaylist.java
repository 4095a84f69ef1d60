package live.sluice.systemtest.kit;

import java.util.ArrayList;
import java.util.List;

/**
 * A media playlist, read strictly (RFC 8216).
 *
 * @param targetDuration seconds
 * @param mediaSequence number of the first segment
 * @param discontinuitySequence number of the first segment's period
 * @param segments in order
 * @param ended whether it says that nothing follows
 * @param independent whether each segment starts with a keyframe
 */
public record HlsPlaylist(
    int targetDuration, long mediaSequence, long discontinuitySequence, List<Segment> segments, boolean ended,
    boolean independent) {

  /**
   * A segment.
   *
   * @param sequence its media sequence number
   * @param period its discontinuity sequence number
   * @param duration seconds
   * @param uri as it stands in the playlist
   */
  public record Segment(long sequence, long period, double duration, String uri) {}

  /** Reads {@code text}; fails on what the RFC forbids. */
  public static HlsPlaylist parse(String text) {
    List<String> lines = text.lines().toList();
    check(!lines.isEmpty() && lines.getFirst().equals("#EXTM3U"), "it does not begin with #EXTM3U", text);
    int target = -1;
    long sequence = 0;
    long period = 0;
    boolean ended = false;
    boolean independent = false;
    List<Segment> segments = new ArrayList<>();
    double duration = -1;
    long nextPeriod = 0;
    for (String line : lines) {
      if (line.startsWith("#EXT-X-TARGETDURATION:")) {
        target = Integer.parseInt(value(line));
      } else if (line.startsWith("#EXT-X-MEDIA-SEQUENCE:")) {
        check(segments.isEmpty(), "EXT-X-MEDIA-SEQUENCE after a segment", text);
        sequence = Long.parseLong(value(line));
      } else if (line.startsWith("#EXT-X-DISCONTINUITY-SEQUENCE:")) {
        check(segments.isEmpty(), "EXT-X-DISCONTINUITY-SEQUENCE after a segment", text);
        period = Long.parseLong(value(line));
        nextPeriod = period;
      } else if (line.equals("#EXT-X-DISCONTINUITY")) {
        nextPeriod++;
      } else if (line.equals("#EXT-X-ENDLIST")) {
        ended = true;
      } else if (line.equals("#EXT-X-INDEPENDENT-SEGMENTS")) {
        independent = true;
      } else if (line.startsWith("#EXTINF:")) {
        duration = Double.parseDouble(value(line).split(",", -1)[0]);
      } else if (!line.startsWith("#") && !line.isBlank()) {
        check(duration >= 0, "a segment without EXTINF", text);
        check(Math.round(duration) <= target, "a segment is longer than the target duration", text);
        segments.add(new Segment(sequence + segments.size(), nextPeriod, duration, line));
        duration = -1;
      }
    }
    check(target > 0, "it has no EXT-X-TARGETDURATION", text);
    return new HlsPlaylist(target, sequence, period, List.copyOf(segments), ended, independent);
  }

  private static String value(String line) {
    return line.substring(line.indexOf(':') + 1).trim();
  }

  private static void check(boolean condition, String problem, String text) {
    if (!condition) {
      throw new AssertionError("a playlist is wrong, " + problem + ":\n" + text);
    }
  }
}
