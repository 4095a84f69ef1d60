package live.sluice.bench.scan;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a player needs of an HLS playlist (RFC 8216).
 *
 * @param variant of a multivariant playlist: the first variant's URI; null for a media playlist
 * @param sequence number of the first segment
 * @param targetSeconds longest segment
 * @param ended whether nothing will follow
 */
public record MediaPlaylist(
    @Nullable String variant, long sequence, double targetSeconds, boolean ended, List<Segment> segments) {
  /** One segment. */
  public record Segment(String uri, double seconds) {}

  private static final int MOST_SEGMENTS = 10_000;

  /** Reads a playlist. */
  public static MediaPlaylist parse(String text) {
    if (!text.startsWith("#EXTM3U")) {
      throw new ScanException("HLS: the playlist does not begin with #EXTM3U");
    }
    List<Segment> segments = new ArrayList<>();
    long sequence = 0;
    double target = 0;
    double seconds = 0;
    boolean ended = false;
    boolean variantFollows = false;
    for (String line : text.lines().toList()) {
      if (line.startsWith("#EXT-X-MEDIA-SEQUENCE:")) {
        sequence = (long) number(line);
      } else if (line.startsWith("#EXT-X-TARGETDURATION:")) {
        target = number(line);
      } else if (line.startsWith("#EXTINF:")) {
        seconds = number(line.indexOf(',') < 0 ? line : line.substring(0, line.indexOf(',')));
      } else if (line.startsWith("#EXT-X-STREAM-INF:")) {
        variantFollows = true;
      } else if (line.startsWith("#EXT-X-ENDLIST")) {
        ended = true;
      } else if (!line.isBlank() && line.charAt(0) != '#') {
        if (variantFollows) {
          return new MediaPlaylist(line.strip(), 0, 0, false, List.of());
        }
        segments.add(new Segment(line.strip(), seconds));
        if (segments.size() > MOST_SEGMENTS) {
          throw new ScanException("HLS: a playlist of more than 10000 segments");
        }
      }
    }
    if (target <= 0) {
      throw new ScanException("HLS: the playlist has no target duration");
    }
    return new MediaPlaylist(null, sequence, target, ended, List.copyOf(segments));
  }

  private static double number(String line) {
    try {
      return Double.parseDouble(line.substring(line.indexOf(':') + 1).strip());
    } catch (NumberFormatException e) {
      throw new ScanException("HLS: a number in the playlist is none");
    }
  }
}
