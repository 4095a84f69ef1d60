package live.sluice.rtmp;

import live.sluice.media.TrackFilter;
import live.sluice.rtmp.command.Query;
import org.jspecify.annotations.Nullable;

/**
 * What a player asks for in its URL.
 *
 * @param filter {@code onlyaudio} or {@code onlyvideo}
 * @param windowMs {@code latency}: {@code realtime}, {@code balanced}, {@code throughput}, or a number of ms
 */
public record PlayParameters(TrackFilter filter, long windowMs) {
  /** Longest window that a player may ask for, in ms. */
  public static final long MAX_WINDOW_MS = 2_000;

  /** Reads a query such as {@code onlyaudio&latency=realtime}; what makes no sense is as if it were not there. */
  public static PlayParameters of(String query, long defaultWindowMs) {
    TrackFilter filter = TrackFilter.ALL;
    if (Query.flag(query, "onlyaudio")) {
      filter = TrackFilter.AUDIO_ONLY;
    } else if (Query.flag(query, "onlyvideo")) {
      filter = TrackFilter.VIDEO_ONLY;
    }
    return new PlayParameters(filter, window(Query.value(query, "latency"), defaultWindowMs));
  }

  private static long window(@Nullable String latency, long otherwise) {
    return switch (latency) {
      case null -> otherwise;
      case "realtime" -> 0;
      case "balanced" -> 100;
      case "throughput" -> 350;
      default -> number(latency, otherwise);
    };
  }

  private static long number(String text, long otherwise) {
    if (text.isEmpty() || text.length() > 9) {
      return otherwise;
    }
    long value = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < '0' || c > '9') {
        return otherwise;
      }
      value = value * 10 + (c - '0');
    }
    return Math.min(value, MAX_WINDOW_MS);
  }
}
