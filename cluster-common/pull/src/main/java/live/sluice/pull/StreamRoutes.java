package live.sluice.pull;

import java.util.List;
import java.util.function.Predicate;
import live.sluice.media.NodeInfo;
import live.sluice.media.StreamEntry;

/** From which nodes a stream can be pulled. Thread-safe. */
@FunctionalInterface
public interface StreamRoutes {
  /** From its owner: the routes of a single region. */
  StreamRoutes OWNER = (entry, suspected) -> List.of(entry.owner());

  /**
   * The nodes, the best one first; never this node itself.
   *
   * @param suspected says of a node's id whether it did not answer lately
   */
  List<NodeInfo> of(StreamEntry entry, Predicate<String> suspected);
}
