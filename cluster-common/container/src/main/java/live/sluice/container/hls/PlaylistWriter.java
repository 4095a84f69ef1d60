package live.sluice.container.hls;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import live.sluice.media.StreamKey;

/** Renders the media playlists of one stream (RFC 8216, section 4.3). Their target duration may grow, and never shrinks. */
final class PlaylistWriter {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

  private final String before;
  private final String after;
  private final StringBuilder text = new StringBuilder(1024);
  private int targetSeconds;

  PlaylistWriter(StreamKey key, Duration target) {
    targetSeconds = seconds(target.toMillis());
    // The first segment of a relative path would be taken for a scheme where it has a colon (RFC 3986, section 4.2).
    before = (key.name().indexOf(':') < 0 ? "" : "./") + key.name() + '/';
    after = key.vhost().equals(StreamKey.DEFAULT_VHOST) ? "" : "?vhost=" + key.vhost().replace("+", "%2B");
  }

  HlsPlaylist write(List<HlsSegment> listed) {
    HlsSegment first = listed.getFirst();
    HlsSegment last = listed.getLast();
    boolean independent = true;
    for (HlsSegment segment : listed) {
      independent &= segment.independent();
      targetSeconds = Math.max(targetSeconds, seconds(segment.durationMs()));
    }
    text.setLength(0);
    text.append("#EXTM3U\n#EXT-X-VERSION:").append(independent ? 6 : 3);
    text.append("\n#EXT-X-TARGETDURATION:").append(targetSeconds);
    text.append("\n#EXT-X-MEDIA-SEQUENCE:").append(first.name().sequence());
    text.append("\n#EXT-X-DISCONTINUITY-SEQUENCE:").append(first.discontinuitySequence());
    if (independent) {
      text.append("\n#EXT-X-INDEPENDENT-SEGMENTS");
    }
    text.append('\n');
    long discontinuity = first.discontinuitySequence();
    for (HlsSegment segment : listed) {
      if (segment.discontinuitySequence() != discontinuity) {
        discontinuity = segment.discontinuitySequence();
        text.append("#EXT-X-DISCONTINUITY\n");
      }
      segment(segment);
    }
    byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
    return new HlsPlaylist(
        bytes,
        targetSeconds,
        last.name().epoch(),
        first.name().sequence(),
        last.name().sequence(),
        first.discontinuitySequence(),
        independent);
  }

  private void segment(HlsSegment segment) {
    text.append("#EXT-X-PROGRAM-DATE-TIME:").append(TIME.format(Instant.ofEpochMilli(segment.startWallMs())));
    long ms = segment.durationMs();
    text.append("\n#EXTINF:").append(ms / 1000).append('.');
    String fraction = Long.toString(ms % 1000 + 1000);
    text.append(fraction, 1, 4).append(",\n");
    text.append(before).append(segment.name()).append(after).append('\n');
  }

  /** RFC 8216, section 4.3.3.1: durations are rounded to the nearest integer. */
  private static int seconds(long ms) {
    return (int) ((ms + 500) / 1000);
  }
}
