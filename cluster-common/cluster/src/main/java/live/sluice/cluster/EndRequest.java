package live.sluice.cluster;

import com.hazelcast.map.EntryProcessor;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The end of one publish, asked by its owner, or by the cluster's janitor for an owner that is gone. A later publish of
 * the same name is left alone.
 *
 * @param owner who had the publisher
 * @param publish the publish that ends
 * @param highDiscontinuity the highest discontinuity sequence that the asking node knows of: its last word may not have
 *     come through before the end
 * @param now wall clock in ms; 0 forgets the ended stream altogether
 */
record EndRequest(Incarnation owner, long publish, long highDiscontinuity, long now)
    implements EntryProcessor<String, StreamRecord, StreamRecord> {

  static EndRequest of(StreamRecord record, long now) {
    return new EndRequest(Incarnation.of(record.owner()), record.publish(), record.highDiscontinuity(), now);
  }

  // What is asked for may be gone before it could be answered.
  @Override
  public @Nullable StreamRecord process(Map.Entry<String, StreamRecord> entry) {
    StreamRecord current = entry.getValue();
    if (current == null || current.publish() != publish || !Incarnation.of(current.owner()).equals(owner)) {
      return current;
    }
    if (now == 0 && current.ended()) {
      // A null value takes the entry out of the map.
      entry.setValue(null);
      return null;
    }
    if (now != 0 && !current.ended()) {
      StreamRecord ended = current.end(now, highDiscontinuity);
      entry.setValue(ended);
      return ended;
    }
    return current;
  }

  Fields fields() {
    return new Fields().put("owner", owner.fields()).put("publish", publish).put("high", highDiscontinuity).put("now", now);
  }

  static EndRequest from(Fields fields) {
    return new EndRequest(
        Incarnation.from(fields.nested("owner")),
        fields.number("publish"),
        fields.number("high"),
        fields.number("now"));
  }
}
