package live.sluice.node.config;

import java.time.Duration;
import java.util.List;

/**
 * Pulling streams from other nodes and from foreign servers. Every key stands in {@code reference.yaml}.
 *
 * @param linger how long a pull goes on after its last player left
 * @param connectTimeout for connecting, and for the answer to a request
 * @param idleTimeout how long an upstream may send nothing
 * @param backoffMin pause before the first retry
 * @param backoffMax longest pause between retries
 * @param sources foreign servers; the first match wins
 */
public record PullSection(
    @Between(min = "0s", max = "24h") Duration linger,
    @Between(min = "10ms", max = "5m") Duration connectTimeout,
    @Between(min = "100ms", max = "5m") Duration idleTimeout,
    @Between(min = "1ms", max = "1m") Duration backoffMin,
    @Between(min = "1ms", max = "10m") Duration backoffMax,
    List<SourceSection> sources) {

  /** Keeps lists as they are now. */
  public PullSection {
    sources = List.copyOf(sources);
  }

  /** What holds where the file says nothing. */
  public static PullSection defaults() {
    return new PullSection(
        Duration.ofSeconds(5),
        Duration.ofSeconds(3),
        Duration.ofSeconds(10),
        Duration.ofMillis(100),
        Duration.ofSeconds(2),
        List.of());
  }
}
