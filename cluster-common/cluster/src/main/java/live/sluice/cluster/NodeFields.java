package live.sluice.cluster;

import java.util.List;
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

  /** The same as a list without names, where there are many: a later version may add to its end. */
  static List<String> line(NodeInfo node) {
    return List.of(
        node.id(),
        Long.toString(node.incarnation()),
        node.role().name(),
        node.region(),
        node.host(),
        Integer.toString(node.rtmpPort()),
        Integer.toString(node.httpPort()),
        Integer.toString(node.apiPort()),
        Integer.toString(node.hopPort()));
  }

  static NodeInfo fromLine(List<String> line) {
    return new NodeInfo(
        text(line, 0),
        number(line, 1),
        role(text(line, 2)),
        text(line, 3),
        text(line, 4),
        (int) number(line, 5),
        (int) number(line, 6),
        (int) number(line, 7),
        (int) number(line, 8));
  }

  private static String text(List<String> line, int index) {
    return index < line.size() ? line.get(index) : "";
  }

  private static long number(List<String> line, int index) {
    String text = text(line, index);
    return text.isEmpty() ? 0 : Long.parseLong(text);
  }

  /** A role that a later version may have is taken for an edge: nothing is ever sent there on its own. */
  private static NodeInfo.Role role(String name) {
    return name.equals(NodeInfo.Role.ORIGIN.name()) ? NodeInfo.Role.ORIGIN : NodeInfo.Role.EDGE;
  }
}
