package live.sluice.cluster;

import live.sluice.media.NodeInfo;

/** One life of a node: a node that was started anew is another one. */
record Incarnation(String id, long incarnation) {

  static Incarnation of(NodeInfo node) {
    return new Incarnation(node.id(), node.incarnation());
  }

  Fields fields() {
    return new Fields().put("id", id).put("incarnation", incarnation);
  }

  static Incarnation from(Fields fields) {
    return new Incarnation(fields.text("id"), fields.number("incarnation"));
  }
}
