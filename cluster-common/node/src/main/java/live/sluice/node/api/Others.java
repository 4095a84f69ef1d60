package live.sluice.node.api;

import java.util.ArrayList;
import java.util.List;
import live.sluice.media.NodeInfo;
import tools.jackson.databind.JsonNode;

/** The nodes that another node says there are. */
final class Others {
  private Others() {}

  static List<NodeInfo> of(JsonNode answer) {
    List<NodeInfo> all = new ArrayList<>();
    for (JsonNode node : answer.path("others")) {
      JsonNode ports = node.path("ports");
      NodeInfo info = at(node.path("name"), node.path("region"), node.path("host"), ports.path("api"));
      if (!info.id().isEmpty() && !info.host().isEmpty() && info.apiPort() > 0 && info.apiPort() < 65_536) {
        all.add(info);
      }
    }
    return all;
  }

  /** A node of which no more is needed than where its API is. */
  static NodeInfo at(JsonNode name, JsonNode region, JsonNode host, JsonNode apiPort) {
    return new NodeInfo(
        name.asString(""), 0, NodeInfo.Role.EDGE, region.asString(""), host.asString(""), 0, 0, apiPort.asInt(0));
  }
}
