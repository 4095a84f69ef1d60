package live.sluice.cluster;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import live.sluice.media.ErrorCode;
import live.sluice.media.SluiceException;

/**
 * How a node takes part in the cluster of its region. Hazelcast's community edition has neither TLS nor
 * authentication: whoever reaches the member port is a member, so the address to bind is a private one.
 *
 * @param clusterName nodes of another name are refused; it helps against accidents, not against attackers
 * @param bindHost address that an origin listens on for members and clients; an edge listens on none
 * @param allowWildcard whether {@code bindHost} may be a wildcard; others then reach us at the node's own host
 * @param memberPort port at which an origin listens for other origins
 * @param clientPort port at which an origin listens for edges
 * @param members the origins as {@code host:port}, always with the port: for an origin the member ports (its own may be
 *     among them), for an edge the client ports
 * @param kubernetesService DNS name of a headless service whose addresses are the origins; empty where there is none. The
 *     origins then all have our {@code memberPort} and {@code clientPort}
 * @param quorum whether an origin in a minority refuses publishes; needs three origins or more
 * @param origins how many origins there are, from which the quorum follows; 0 counts {@code members}, and us
 * @param renewal how often a node renews its lease
 * @param lease how long a lease is good without a renewal; longer than the 5 s after which Hazelcast gives a member up
 */
public record ClusterSettings(
    String clusterName,
    String bindHost,
    boolean allowWildcard,
    int memberPort,
    int clientPort,
    List<String> members,
    String kubernetesService,
    boolean quorum,
    int origins,
    Duration renewal,
    Duration lease) {

  /** How often a lease is renewed unless told otherwise. */
  public static final Duration DEFAULT_RENEWAL = Duration.ofSeconds(1);

  /** How long a lease is good unless told otherwise. */
  public static final Duration DEFAULT_LEASE = Duration.ofSeconds(8);

  private static final Set<String> WILDCARDS = Set.of("", "*", "0.0.0.0", "::", "[::]", "0:0:0:0:0:0:0:0");

  /**
   * Checks the values.
   *
   * @throws SluiceException {@link ErrorCode#CONFIG_INVALID}, naming the key
   */
  public ClusterSettings {
    members = List.copyOf(members);
    check(!clusterName.isBlank() && clusterName.length() <= 128, "cluster.name", "it must have 1 to 128 characters");
    check(
        allowWildcard || !WILDCARDS.contains(bindHost),
        "cluster.bindHost",
        "'" + bindHost + "' listens on every interface, and whoever reaches the member port is a member;"
            + " name a private address, or set cluster.allowWildcard");
    checkPort("cluster.memberPort", memberPort);
    checkPort("cluster.clientPort", clientPort);
    check(memberPort != clientPort, "cluster.clientPort", "it is the same as cluster.memberPort");
    check(members.size() <= 256, "cluster.members", "more than 256 are named");
    for (String member : members) {
      HostAndPort.parse("cluster.members", member);
    }
    check(
        new HashSet<>(members).size() == members.size(), "cluster.members", "an address is named more than once");
    check(
        kubernetesService.isEmpty() || members.isEmpty(),
        "cluster.kubernetesService",
        "cluster.members is set too; one of them must go");
    check(
        !quorum || expectedOrigins(members, origins) >= 3,
        "cluster.quorum",
        "it needs three origins or more: name them all in cluster.members, or say how many in cluster.origins");
    check(renewal.toMillis() >= 100, "cluster.renewal", "it must be 100 ms or more");
    check(
        lease.compareTo(renewal.multipliedBy(3)) >= 0, "cluster.lease", "it must be three renewals or more");
  }

  /** Settings with the defaults of everything that is seldom changed. */
  public static ClusterSettings of(
      String clusterName, String bindHost, int memberPort, int clientPort, List<String> members) {
    return new ClusterSettings(
        clusterName, bindHost, false, memberPort, clientPort, members, "", false, 0, DEFAULT_RENEWAL, DEFAULT_LEASE);
  }

  /** The same with a quorum among so many origins. */
  public ClusterSettings withQuorum(int originCount) {
    return new ClusterSettings(
        clusterName,
        bindHost,
        allowWildcard,
        memberPort,
        clientPort,
        members,
        kubernetesService,
        true,
        originCount,
        renewal,
        lease);
  }

  /** Whether nobody else is named: {@link LocalDirectory} is enough. */
  public boolean alone() {
    return members.isEmpty() && kubernetesService.isEmpty();
  }

  /** How many origins must see each other for a publish to be granted under a quorum. */
  int majority() {
    return expectedOrigins(members, origins) / 2 + 1;
  }

  boolean wildcard() {
    return WILDCARDS.contains(bindHost);
  }

  private static int expectedOrigins(List<String> members, int origins) {
    return origins > 0 ? origins : members.size();
  }

  private static void checkPort(String key, int port) {
    check(port >= 1 && port <= 65_535, key, port + " is not a port from 1 to 65535");
  }

  private static void check(boolean good, String key, String why) {
    if (!good) {
      throw new SluiceException(ErrorCode.CONFIG_INVALID, key + ": " + why);
    }
  }
}
