package live.sluice.cluster;

import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import com.hazelcast.spi.merge.MergingEntry;
import com.hazelcast.spi.merge.SplitBrainMergePolicy;
import org.jspecify.annotations.Nullable;

/** What becomes of an announcement that both sides of a healed cut know: the one that its gateway wrote later. */
final class AnnouncementMerge
    implements SplitBrainMergePolicy<AnnouncementRecord, MergingEntry<Object, AnnouncementRecord>, Object> {

  @Override
  public @Nullable Object merge(
      @Nullable MergingEntry<Object, AnnouncementRecord> merging,
      @Nullable MergingEntry<Object, AnnouncementRecord> existing) {
    AnnouncementRecord theirs = merging == null ? null : merging.getDeserializedValue();
    AnnouncementRecord ours = existing == null ? null : existing.getDeserializedValue();
    return theirs != null && (ours == null || theirs.laterThan(ours)) ? theirs : ours;
  }

  @Override
  public void writeData(ObjectDataOutput out) {}

  @Override
  public void readData(ObjectDataInput in) {}
}
