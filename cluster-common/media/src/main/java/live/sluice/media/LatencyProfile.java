package live.sluice.media;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How long frames are gathered before they are written to a player: latency against CPU. */
public enum LatencyProfile {
  /** Written at once. */
  REALTIME(0),
  /** The default. */
  BALANCED(100),
  /** The least CPU. */
  THROUGHPUT(350);

  private final long windowMs;

  LatencyProfile(long windowMs) {
    this.windowMs = windowMs;
  }

  /** The write window in ms. */
  public long windowMs() {
    return windowMs;
  }

  /** The profile of that name, in any case; null where there is none. */
  public static @Nullable LatencyProfile named(String name) {
    for (LatencyProfile profile : values()) {
      if (profile.name().equals(name.toUpperCase(Locale.ROOT))) {
        return profile;
      }
    }
    return null;
  }

  /** The profile whose window that is, in lower case, or the window itself as {@code 200ms}. */
  public static String labelOf(long windowMs) {
    for (LatencyProfile profile : values()) {
      if (profile.windowMs == windowMs) {
        return profile.name().toLowerCase(Locale.ROOT);
      }
    }
    return windowMs + "ms";
  }
}
