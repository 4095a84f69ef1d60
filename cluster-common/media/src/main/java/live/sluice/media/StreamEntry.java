package live.sluice.media;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the directory knows of a stream that is being published: who owns it, and since which publish. Of two entries of
 * one stream the one that {@link #beats} the other is true, everywhere.
 *
 * @param key the stream
 * @param owner the node that has the publisher
 * @param epoch number of the publish: the greater of the last one plus 1 and the wall clock in ms
 * @param discontinuitySequence for HLS: grows with every publish, and begins at the clock in seconds where nothing is
 *     known of the stream
 * @param codecs labels of the codecs, as far as they were known; for people
 */
public record StreamEntry(StreamKey key, NodeInfo owner, long epoch, long discontinuitySequence, List<String> codecs) {

  /** Whether this entry wins over {@code other}: the greater (epoch, node id). */
  public boolean beats(@Nullable StreamEntry other) {
    if (other == null || epoch != other.epoch) {
      return other == null || epoch > other.epoch;
    }
    return owner.id().compareTo(other.owner.id()) > 0;
  }
}
