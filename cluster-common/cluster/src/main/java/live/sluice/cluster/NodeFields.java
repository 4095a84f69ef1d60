package live.sluice.cluster;

import live.sluice.media.NodeInfo;

/** {@link NodeInfo} to fields and back. */
final class NodeFields {
  private NodeFields() {}

  static Fields of(NodeInfo node) {
    return new Fields()
        .put("id", node.id())
        .put("incarnation", node.incarnation())
        .put("role", node.role().name())
        .put("region", node.region())
        .put("host", node.host())
        .put("rtmpPort", node.rtmpPort())
        .put("httpPort", node.httpPort())
        .put("apiPort", node.apiPort())
        .put("hopPort", node.hopPort());
  }

  static NodeInfo from(Fields fields) {
    return new NodeInfo(
        fields.text("id"),
        fields.number("incarnation"),
        role(fields.text("role")),
        fields.text("region"),
        fields.text("host"),
        (int) fields.number("rtmpPort"),
        (int) fields.number("httpPort"),
        (int) fields.number("apiPort"),
        (int) fields.number("hopPort"));
  }

  /** A role that a later version may have is taken for an edge: nothing is ever sent there on its own. */
  private static NodeInfo.Role role(String name) {
    return name.equals(NodeInfo.Role.ORIGIN.name()) ? NodeInfo.Role.ORIGIN : NodeInfo.Role.EDGE;
  }
}
