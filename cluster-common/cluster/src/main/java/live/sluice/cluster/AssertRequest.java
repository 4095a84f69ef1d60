package live.sluice.cluster;

import com.hazelcast.map.EntryProcessor;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An owner's word that a stream is its own: after a cut was healed, after the directory lost the entry, or to tell the
 * codecs. It stands over an ended stream, over an older word of the same publish, and over an owner that is dead or
 * loses by (epoch, node id).
 *
 * @param mine what is to stand
 * @param dead an owner that is known to be dead, null when none is
 */
record AssertRequest(StreamRecord mine, @Nullable Incarnation dead)
    implements EntryProcessor<String, StreamRecord, StreamRecord> {

  @Override
  public StreamRecord process(Map.Entry<String, StreamRecord> entry) {
    StreamRecord current = entry.getValue();
    if (current != null && !yields(current)) {
      return current;
    }
    StreamRecord next = mine.over(current);
    entry.setValue(next);
    return next;
  }

  private boolean yields(StreamRecord current) {
    if (current.samePublish(mine)) {
      return current.ended() || current.revision() <= mine.revision() || current.epoch() != mine.epoch();
    }
    return current.ended() || mine.beats(current) || Incarnation.of(current.owner()).equals(dead);
  }

  Fields fields() {
    Fields fields = new Fields().put("mine", mine.fields());
    return dead == null ? fields : fields.put("dead", dead.fields());
  }

  static AssertRequest from(Fields fields) {
    return new AssertRequest(
        StreamRecord.from(fields.nested("mine")),
        fields.has("dead") ? Incarnation.from(fields.nested("dead")) : null);
  }
}
