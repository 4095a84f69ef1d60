package live.sluice.media;

/**
 * A node as others see it.
 *
 * @param id the node's name, unique in the cluster and in all regions that it is linked with
 * @param incarnation wall clock in ms at its start: a node that was started anew is another one
 * @param role what it does
 * @param region data centre
 * @param host where others reach it: a name or an address
 * @param rtmpPort port of RTMP on {@code host}
 * @param httpPort port of HTTP media (FLV, HLS) on {@code host}
 * @param apiPort port of the API on {@code host}
 * @param hopPort port of UDP on {@code host} at which other nodes make hops to this one; 0: none
 */
public record NodeInfo(
    String id,
    long incarnation,
    Role role,
    String region,
    String host,
    int rtmpPort,
    int httpPort,
    int apiPort,
    int hopPort) {

  /** A node to which no hops are made. */
  public NodeInfo(
      String id, long incarnation, Role role, String region, String host, int rtmpPort, int httpPort, int apiPort) {
    this(id, incarnation, role, region, host, rtmpPort, httpPort, apiPort, 0);
  }

  /** What a node does. */
  public enum Role {
    /** Takes publishers, packages, serves players and other nodes. */
    ORIGIN,
    /** Serves players from what it pulls. */
    EDGE
  }

  /** Whether it is the same node, in this life or another one. Names are unique among all regions that are linked. */
  public boolean sameAs(NodeInfo other) {
    return id.equals(other.id) && region.equals(other.region);
  }

  /** {@code host:httpPort}, with brackets around an IPv6 address. */
  public String httpAuthority() {
    return authority(httpPort);
  }

  /** {@code host:rtmpPort}, with brackets around an IPv6 address. */
  public String rtmpAuthority() {
    return authority(rtmpPort);
  }

  /** {@code host:apiPort}, with brackets around an IPv6 address. */
  public String apiAuthority() {
    return authority(apiPort);
  }

  /** {@code host:hopPort}, with brackets around an IPv6 address. */
  public String hopAuthority() {
    return authority(hopPort);
  }

  private String authority(int port) {
    return (host.indexOf(':') >= 0 ? '[' + host + ']' : host) + ':' + port;
  }
}
