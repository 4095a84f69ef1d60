package live.sluice.hop.control;

import java.util.List;
import live.sluice.media.NodeInfo;
import live.sluice.media.StreamEntry;

/**
 * A stream as it is announced to another region.
 *
 * @param entry its owner and epoch
 * @param from the node to pull it from: its owner, or the hub of a region on the way
 * @param path names of the regions that it passes, from the owner's to that of {@code from}
 * @param cost how far it is: 1 for each region passed
 */
public record Route(StreamEntry entry, NodeInfo from, List<String> path, int cost) {
  /** Keeps the list as it is now. */
  public Route {
    path = List.copyOf(path);
  }
}
