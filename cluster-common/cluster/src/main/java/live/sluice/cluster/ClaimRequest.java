package live.sluice.cluster;

import com.hazelcast.map.EntryProcessor;
import java.util.List;
import java.util.Map;
import live.sluice.media.NodeInfo;
import live.sluice.media.StreamKey;
import org.jspecify.annotations.Nullable;

/**
 * A node's wish to own a stream, decided where the stream's entry lives, or from the local view where that can't be
 * reached. The same claim again gives the same answer, so that a failure only means: try again. All that the decision
 * needs is in the request, no clock is read: a backup replays it to the same result.
 *
 * @param key the stream
 * @param node who asks
 * @param publish number of the claim, unique in the node's incarnation
 * @param now wall clock in ms of the node that asks
 * @param takeOver whether a live owner loses the stream
 * @param dead an owner that the node knows to be dead, null when it knows of none
 * @param knownEpoch the highest epoch of the stream that the node knows of, 0 for none: the directory may have lost more
 * @param knownDiscontinuity the highest discontinuity sequence that it knows of, -1 for none
 */
record ClaimRequest(
    StreamKey key,
    NodeInfo node,
    long publish,
    long now,
    boolean takeOver,
    @Nullable Incarnation dead,
    long knownEpoch,
    long knownDiscontinuity)
    implements EntryProcessor<String, StreamRecord, StreamRecord> {

  /** A claim of {@code node} that knows {@code known} of the stream. */
  static ClaimRequest of(
      StreamKey key,
      NodeInfo node,
      long publish,
      long now,
      boolean takeOver,
      @Nullable Incarnation dead,
      @Nullable StreamRecord known) {
    long epoch = known == null ? 0 : known.highEpoch();
    long discontinuity = known == null ? -1 : known.highDiscontinuity();
    return new ClaimRequest(key, node, publish, now, takeOver, dead, epoch, discontinuity);
  }

  /** The same claim of a node that also knows of that epoch and discontinuity sequence, from other regions. */
  ClaimRequest above(long otherEpoch, long otherDiscontinuity) {
    return new ClaimRequest(
        key,
        node,
        publish,
        now,
        takeOver,
        dead,
        Math.max(knownEpoch, otherEpoch),
        Math.max(knownDiscontinuity, otherDiscontinuity));
  }

  /** What the entry is after the claim: ours when it was granted, else the owner's. */
  StreamRecord decide(@Nullable StreamRecord current) {
    if (current != null && !current.ended() && (isAnswerTo(current) || !free(current))) {
      return current;
    }
    long lastEpoch = Math.max(knownEpoch, current == null ? 0 : current.highEpoch());
    long lastDiscontinuity = Math.max(knownDiscontinuity, current == null ? -1 : current.highDiscontinuity());
    long epoch = Math.max(lastEpoch + 1, now);
    // A name of which nothing is known may have been live before the directory was lost: the clock is ahead of that.
    long discontinuity = lastDiscontinuity < 0 ? now / 1000 : lastDiscontinuity + 1;
    long revision = current == null ? 0 : current.revision() + 1;
    return new StreamRecord(
        key, node, publish, epoch, discontinuity, List.of(), 0, epoch, discontinuity, revision);
  }

  /** Whether {@code record} is what this claim made. */
  boolean isAnswerTo(StreamRecord record) {
    return record.publish() == publish && record.ownedBy(node);
  }

  private boolean free(StreamRecord current) {
    NodeInfo owner = current.owner();
    boolean oursBefore = owner.id().equals(node.id()) && owner.incarnation() <= node.incarnation();
    return takeOver || oursBefore || Incarnation.of(owner).equals(dead);
  }

  @Override
  public StreamRecord process(Map.Entry<String, StreamRecord> entry) {
    StreamRecord current = entry.getValue();
    StreamRecord next = decide(current);
    if (!next.equals(current)) {
      entry.setValue(next);
    }
    return next;
  }

  Fields fields() {
    Fields fields =
        new Fields()
            .put("key", key.path())
            .put("node", NodeFields.of(node))
            .put("publish", publish)
            .put("now", now)
            .put("takeOver", takeOver)
            .put("knownEpoch", knownEpoch)
            .put("knownDiscontinuity", knownDiscontinuity);
    return dead == null ? fields : fields.put("dead", dead.fields());
  }

  static ClaimRequest from(Fields fields) {
    return new ClaimRequest(
        StreamKey.parse(fields.text("key")),
        NodeFields.from(fields.nested("node")),
        fields.number("publish"),
        fields.number("now"),
        fields.flag("takeOver"),
        fields.has("dead") ? Incarnation.from(fields.nested("dead")) : null,
        fields.number("knownEpoch"),
        fields.number("knownDiscontinuity"));
  }
}
