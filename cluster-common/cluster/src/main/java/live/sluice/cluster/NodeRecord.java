package live.sluice.cluster;

import live.sluice.media.NodeInfo;

/**
 * A node's lease as it stands in the directory. Others judge it by watching {@code renewals} advance on their own
 * monotonic clocks; the deadline is for people and tools.
 *
 * @param info the node
 * @param member UUID of its Hazelcast member, empty for a client
 * @param renewals grows with every renewal
 * @param deadline wall clock in ms at which the lease ends unless renewed
 * @param streams how many streams it has
 * @param players how many players it serves
 */
record NodeRecord(NodeInfo info, String member, long renewals, long deadline, int streams, int players) {

  /** Whether this one was written later: by a later incarnation, or with more renewals. */
  boolean laterThan(NodeRecord other) {
    return info.incarnation() != other.info.incarnation()
        ? info.incarnation() > other.info.incarnation()
        : renewals > other.renewals;
  }

  Fields fields() {
    return new Fields()
        .put("node", NodeFields.of(info))
        .put("member", member)
        .put("renewals", renewals)
        .put("deadline", deadline)
        .put("streams", streams)
        .put("players", players);
  }

  static NodeRecord from(Fields fields) {
    return new NodeRecord(
        NodeFields.from(fields.nested("node")),
        fields.text("member"),
        fields.number("renewals"),
        fields.number("deadline"),
        (int) fields.number("streams"),
        (int) fields.number("players"));
  }
}
