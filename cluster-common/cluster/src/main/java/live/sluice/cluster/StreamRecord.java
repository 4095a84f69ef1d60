package live.sluice.cluster;

import java.util.List;
import live.sluice.media.NodeInfo;
import live.sluice.media.StreamEntry;
import live.sluice.media.StreamKey;
import org.jspecify.annotations.Nullable;

/**
 * A stream as it stands in the directory, from its publish until some time after its end: the record of an ended one is
 * kept so that epoch and discontinuity sequence go on.
 *
 * @param key the stream
 * @param owner the node that has the publisher, or had it last
 * @param publish number of the claim that made this record, unique in the owner's incarnation
 * @param epoch see {@link StreamEntry#epoch}
 * @param discontinuity see {@link StreamEntry#discontinuitySequence}
 * @param codecs see {@link StreamEntry#codecs}
 * @param endedAt wall clock in ms at the end, 0 while the stream is published
 * @param highEpoch the highest epoch that this name ever had, the losers of healed cuts included
 * @param highDiscontinuity the highest discontinuity sequence that this name ever had
 * @param revision grows with every change of one publish
 */
record StreamRecord(
    StreamKey key,
    NodeInfo owner,
    long publish,
    long epoch,
    long discontinuity,
    List<String> codecs,
    long endedAt,
    long highEpoch,
    long highDiscontinuity,
    long revision) {

  private static final int MOST_CODECS = 16;

  StreamRecord {
    codecs = List.copyOf(codecs.subList(0, Math.min(codecs.size(), MOST_CODECS)));
  }

  StreamEntry entry() {
    return new StreamEntry(key, owner, epoch, discontinuity, codecs);
  }

  boolean ended() {
    return endedAt != 0;
  }

  boolean ownedBy(NodeInfo node) {
    return owner.id().equals(node.id()) && owner.incarnation() == node.incarnation();
  }

  boolean samePublish(StreamRecord other) {
    return publish == other.publish && ownedBy(other.owner);
  }

  /** The order of the whole cluster: the greater (epoch, node id). */
  boolean beats(StreamRecord other) {
    return epoch != other.epoch ? epoch > other.epoch : owner.id().compareTo(other.owner.id()) > 0;
  }

  /** The record at the end of its publish, which is known to have reached the discontinuity sequence {@code high}. */
  StreamRecord end(long now, long high) {
    long reached = Math.max(highDiscontinuity, high);
    return new StreamRecord(key, owner, publish, epoch, discontinuity, codecs, now, highEpoch, reached, revision + 1);
  }

  /** The record with what its owner says of it: codecs, and the discontinuity sequence that it has reached. */
  StreamRecord describe(StreamEntry entry) {
    long reached = Math.max(highDiscontinuity, entry.discontinuitySequence());
    return new StreamRecord(
        key, owner, publish, epoch, discontinuity, entry.codecs(), endedAt, highEpoch, reached, revision + 1);
  }

  /** Whether {@code entry} says what the record knows. */
  boolean knows(StreamEntry entry) {
    return codecs.equals(entry.codecs()) && highDiscontinuity >= entry.discontinuitySequence();
  }

  /** This record where {@code other} stood: the high marks of both, and a revision that is later than either. */
  StreamRecord over(@Nullable StreamRecord other) {
    if (other == null) {
      return this;
    }
    return new StreamRecord(
        key,
        owner,
        publish,
        epoch,
        discontinuity,
        codecs,
        endedAt,
        Math.max(highEpoch, other.highEpoch),
        Math.max(highDiscontinuity, other.highDiscontinuity),
        Math.max(revision, other.revision));
  }

  Fields fields() {
    return new Fields()
        .put("key", key.path())
        .put("owner", NodeFields.of(owner))
        .put("publish", publish)
        .put("epoch", epoch)
        .put("discontinuity", discontinuity)
        .put("codecs", codecs)
        .put("endedAt", endedAt)
        .put("highEpoch", highEpoch)
        .put("highDiscontinuity", highDiscontinuity)
        .put("revision", revision);
  }

  static StreamRecord from(Fields fields) {
    return new StreamRecord(
        StreamKey.parse(fields.text("key")),
        NodeFields.from(fields.nested("owner")),
        fields.number("publish"),
        fields.number("epoch"),
        fields.number("discontinuity"),
        fields.list("codecs"),
        fields.number("endedAt"),
        fields.number("highEpoch"),
        fields.number("highDiscontinuity"),
        fields.number("revision"));
  }
}
