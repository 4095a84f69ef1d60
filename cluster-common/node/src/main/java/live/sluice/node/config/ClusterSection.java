package live.sluice.node.config;

import java.time.Duration;
import java.util.List;

/**
 * The nodes of one region. Every key stands in {@code reference.yaml}.
 *
 * @param name nodes of another name are refused
 * @param secret shown by a node that pulls; empty: not asked for
 * @param members origins as host:port; empty: the node is alone
 * @param listen address of an origin for other nodes; empty: node.host, else 127.0.0.1
 * @param allowWildcard whether the address may be a wildcard
 * @param memberPort port of an origin for origins
 * @param clientPort port of an origin for edges
 * @param kubernetesService headless service whose addresses are the origins
 * @param quorum whether an origin in a minority refuses publishes
 * @param origins number of origins for the quorum; 0: as many as members
 * @param renewal how often a lease is renewed
 * @param lease how long a lease is good
 */
public record ClusterSection(
    @Matches(value = "[ -~]{1,128}", words = "1 to 128 printable characters") String name,
    @Secret @Matches(value = "[!-~]{0,512}", words = "at most 512 characters without blanks") String secret,
    List<String> members,
    @Matches(value = "[A-Za-z0-9.:_%-]{0,255}", words = "an address or a host name") String listen,
    boolean allowWildcard,
    @Between(min = "1", max = "65535") int memberPort,
    @Between(min = "1", max = "65535") int clientPort,
    @Matches(value = "[A-Za-z0-9._-]{0,253}", words = "a DNS name") String kubernetesService,
    boolean quorum,
    @Between(min = "0", max = "1000") int origins,
    @Between(min = "100ms", max = "1m") Duration renewal,
    @Between(min = "1s", max = "10m") Duration lease) {

  /** Keeps lists as they are now. */
  public ClusterSection {
    members = List.copyOf(members);
  }

  /** What holds where the file says nothing. */
  public static ClusterSection defaults() {
    return new ClusterSection(
        "sluice",
        "",
        List.of(),
        "",
        false,
        5701,
        5702,
        "",
        false,
        0,
        Duration.ofSeconds(1),
        Duration.ofSeconds(8));
  }
}
