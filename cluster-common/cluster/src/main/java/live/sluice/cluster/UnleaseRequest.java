package live.sluice.cluster;

import com.hazelcast.map.EntryProcessor;
import java.util.Map;

/**
 * The end of a lease: its node gives it up, or is gone. The lease of a later life of the node is left alone.
 *
 * @param gone whose lease ends
 */
record UnleaseRequest(Incarnation gone) implements EntryProcessor<String, NodeRecord, Boolean> {

  /** Says whether there was such a lease. */
  @Override
  public Boolean process(Map.Entry<String, NodeRecord> entry) {
    NodeRecord current = entry.getValue();
    if (current == null || current.info().incarnation() > gone.incarnation()) {
      return false;
    }
    // A null value takes the entry out of the map.
    entry.setValue(null);
    return true;
  }

  Fields fields() {
    return new Fields().put("gone", gone.fields());
  }

  static UnleaseRequest from(Fields fields) {
    return new UnleaseRequest(Incarnation.from(fields.nested("gone")));
  }
}
