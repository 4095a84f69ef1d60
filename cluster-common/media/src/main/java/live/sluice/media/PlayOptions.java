package live.sluice.media;

/**
 * What a player may ask for beside the stream, by the query of its URL: {@code ?latency=}, {@code ?onlyaudio}, {@code
 * ?onlyvideo}.
 *
 * @param filter which frames it wants
 * @param windowMs for how long frames are gathered for it, in ms
 */
public record PlayOptions(TrackFilter filter, long windowMs) {
  private static final long MAX_WINDOW_MS = 1_000;

  /**
   * Reads a query. What it does not know it passes over, as other servers do.
   *
   * @param query such as {@code latency=realtime&onlyaudio}, without the question mark; may be empty
   * @param defaultWindowMs the window where the player does not ask for one, in ms
   */
  public static PlayOptions parse(String query, long defaultWindowMs) {
    TrackFilter filter = TrackFilter.ALL;
    long windowMs = defaultWindowMs;
    int start = 0;
    while (start < query.length()) {
      int end = query.indexOf('&', start);
      end = end < 0 ? query.length() : end;
      int equals = query.indexOf('=', start);
      boolean hasValue = equals >= 0 && equals < end;
      String name = query.substring(start, hasValue ? equals : end);
      String value = hasValue ? query.substring(equals + 1, end) : "";
      boolean on = !value.equals("0") && !value.equals("false");
      if (name.equals("onlyaudio") && on) {
        filter = TrackFilter.AUDIO_ONLY;
      } else if (name.equals("onlyvideo") && on) {
        filter = TrackFilter.VIDEO_ONLY;
      } else if (name.equals("latency")) {
        windowMs = window(value, windowMs);
      }
      start = end + 1;
    }
    return new PlayOptions(filter, windowMs);
  }

  private static long window(String value, long otherwise) {
    LatencyProfile profile = LatencyProfile.named(value);
    if (profile != null) {
      return profile.windowMs();
    }
    if (!value.matches("[0-9]{1,4}(ms)?")) {
      return otherwise;
    }
    // In steps of 50 ms: each window in use costs the stream a leg of its own.
    long asked = Long.parseLong(value.replace("ms", ""));
    return Math.min(MAX_WINDOW_MS, (asked + 49) / 50 * 50);
  }
}
