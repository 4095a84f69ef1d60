package live.sluice.cluster;

import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import com.hazelcast.spi.merge.MergingEntry;
import com.hazelcast.spi.merge.SplitBrainMergePolicy;
import org.jspecify.annotations.Nullable;

/** What becomes of a stream that both sides of a healed cut know: the greater (epoch, node id). */
final class StreamMerge
    implements SplitBrainMergePolicy<StreamRecord, MergingEntry<Object, StreamRecord>, Object> {

  @Override
  public @Nullable Object merge(
      @Nullable MergingEntry<Object, StreamRecord> merging, @Nullable MergingEntry<Object, StreamRecord> existing) {
    StreamRecord theirs = merging == null ? null : merging.getDeserializedValue();
    StreamRecord ours = existing == null ? null : existing.getDeserializedValue();
    if (theirs == null || ours == null) {
      return theirs == null ? ours : theirs;
    }
    return greater(theirs, ours);
  }

  static StreamRecord greater(StreamRecord theirs, StreamRecord ours) {
    boolean same = theirs.samePublish(ours) && theirs.epoch() == ours.epoch();
    boolean theirsWins = same ? theirs.revision() > ours.revision() : theirs.beats(ours);
    return theirsWins ? theirs.over(ours) : ours.over(theirs);
  }

  @Override
  public void writeData(ObjectDataOutput out) {}

  @Override
  public void readData(ObjectDataInput in) {}
}
