package live.sluice.systemtest.kit;

import java.util.List;

/**
 * What a node is told by its configuration.
 *
 * @param role origin or edge
 * @param name the node's name
 * @param host the address it listens on and tells others
 * @param rtmpPort RTMP
 * @param httpPort HTTP media
 * @param apiPort API, WHIP and WHEP
 * @param rtcPort media of WebRTC
 * @param memberPort Hazelcast among origins, unused by an edge
 * @param clientPort Hazelcast for edges, unused by an edge
 * @param members {@code host:port} of the origins, of their member port for an origin and client port for an edge
 * @param settings further keys, as {@code key=value}
 * @param warm whether it may compile at full effort, which takes longer to start and is quicker afterwards
 */
public record NodeSpec(
    Role role, String name, String host, int rtmpPort, int httpPort, int apiPort, int rtcPort, int memberPort,
    int clientPort, List<String> members, List<String> settings, boolean warm) {

  /** What a node does. */
  public enum Role {
    /** Takes publishers. */
    ORIGIN("live.sluice.origin.Main"),
    /** Serves players from what it pulls. */
    EDGE("live.sluice.edge.Main");

    private final String mainClass;

    Role(String mainClass) {
      this.mainClass = mainClass;
    }

    String mainClass() {
      return mainClass;
    }
  }

  String yaml() {
    StringBuilder yaml = new StringBuilder();
    yaml.append("node:\n  name: ").append(name).append("\n  host: ").append(host).append('\n');
    section(yaml, "rtmp", rtmpPort);
    section(yaml, "http", httpPort);
    section(yaml, "api", apiPort);
    section(yaml, "rtc", rtcPort);
    yaml.append("hop:\n  port: 0\n");
    yaml.append("cluster:\n  name: system-test\n  secret: not-a-secret\n  members: ").append(members).append('\n');
    if (role == Role.ORIGIN) {
      yaml.append("  listen: ").append(host).append('\n');
      yaml.append("  member-port: ").append(memberPort).append("\n  client-port: ").append(clientPort).append('\n');
    }
    return yaml.append("log:\n  format: text\n").toString();
  }

  private void section(StringBuilder yaml, String name, int port) {
    yaml.append(name).append(":\n  listen: ").append(host).append("\n  port: ").append(port).append('\n');
  }
}
