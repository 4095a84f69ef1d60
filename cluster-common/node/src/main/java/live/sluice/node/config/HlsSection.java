package live.sluice.node.config;

import java.time.Duration;

/**
 * HLS. Every key stands in {@code reference.yaml}.
 *
 * @param enabled whether streams that are published here are packaged
 * @param segment length that segments aim at
 * @param window segments in a playlist
 * @param kept further segments that can still be fetched
 * @param streamBytes most bytes of all segments of a stream
 * @param linger how long segments stay after the publisher has gone
 */
public record HlsSection(
    boolean enabled,
    @Between(min = "1s", max = "1m") Duration segment,
    @Between(min = "3", max = "1000") int window,
    @Between(min = "0", max = "1000") int kept,
    @Between(min = "1MiB", max = "64GiB") DataSize streamBytes,
    @Between(min = "0s", max = "24h") Duration linger) {

  /** What holds where the file says nothing. */
  public static HlsSection defaults() {
    return new HlsSection(
        true,
        Duration.ofSeconds(2),
        6,
        4,
        DataSize.mib(128),
        Duration.ofMinutes(1));
  }
}
