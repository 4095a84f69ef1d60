package live.sluice.node.config;

import live.sluice.media.LatencyProfile;
import org.jspecify.annotations.Nullable;

/**
 * What differs for one virtual host. Every key stands in {@code reference.yaml}.
 *
 * @param latency how long frames are gathered; null: as for all
 */
public record VhostSection(
    @Nullable LatencyProfile latency) {

  /** What holds where the file says nothing. */
  public static VhostSection defaults() {
    return new VhostSection(null);
  }
}
