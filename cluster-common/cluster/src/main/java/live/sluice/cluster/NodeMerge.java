package live.sluice.cluster;

import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import com.hazelcast.spi.merge.MergingEntry;
import com.hazelcast.spi.merge.SplitBrainMergePolicy;
import org.jspecify.annotations.Nullable;

/** What becomes of a lease that both sides of a healed cut know: the one that was written later by its node. */
final class NodeMerge implements SplitBrainMergePolicy<NodeRecord, MergingEntry<Object, NodeRecord>, Object> {

  @Override
  public @Nullable Object merge(
      @Nullable MergingEntry<Object, NodeRecord> merging, @Nullable MergingEntry<Object, NodeRecord> existing) {
    NodeRecord theirs = merging == null ? null : merging.getDeserializedValue();
    NodeRecord ours = existing == null ? null : existing.getDeserializedValue();
    return theirs != null && (ours == null || theirs.laterThan(ours)) ? theirs : ours;
  }

  @Override
  public void writeData(ObjectDataOutput out) {}

  @Override
  public void readData(ObjectDataInput in) {}
}
