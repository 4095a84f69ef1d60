package live.sluice.media;

/**
 * A node as others see it.
 *
 * @param id the node's name, unique in the cluster
 * @param incarnation wall clock in ms at its start: a node that was started anew is another one
 * @param role what it does
 * @param region data centre
 * @param host where others reach it: a name or an address
 * @param rtmpPort port of RTMP on {@code host}
 * @param httpPort port of HTTP media (FLV, HLS) on {@code host}
 * @param apiPort port of the API on {@code host}
 */
public record NodeInfo(
    String id, long incarnation, Role role, String region, String host, int rtmpPort, int httpPort, int apiPort) {

  /** What a node does. */
  public enum Role {
    /** Takes publishers, packages, serves players and other nodes. */
    ORIGIN,
    /** Serves players from what it pulls. */
    EDGE
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

  private String authority(int port) {
    return (host.indexOf(':') >= 0 ? '[' + host + ']' : host) + ':' + port;
  }
}
