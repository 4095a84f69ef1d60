package live.sluice.node.config;

import java.time.Duration;

/**
 * The node itself. Every key stands in {@code reference.yaml}.
 *
 * @param name name in the cluster; empty: the host name
 * @param region data centre
 * @param host what others reach this node by; empty: its first address that is not loopback
 * @param eventLoops number of event loops; 0: as many as processors
 * @param drainDeadline how long a stopping node waits for its sessions to end
 */
public record NodeSection(
    @Matches(value = "|" + Matches.NAME, words = "1 to 64 letters, digits and . _ -") String name,
    @Matches(value = Matches.NAME, words = "1 to 64 letters, digits and . _ -") String region,
    @Matches(value = "[A-Za-z0-9.:_%-]{0,255}", words = "an address or a host name") String host,
    @Between(min = "0", max = "256") int eventLoops,
    @Between(min = "0s", max = "24h") Duration drainDeadline) {

  /** What holds where the file says nothing. */
  public static NodeSection defaults() {
    return new NodeSection("", "default", "", 0, Duration.ofSeconds(30));
  }
}
