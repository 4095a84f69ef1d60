package live.sluice.cluster;

import java.util.Collection;
import live.sluice.media.Announcement;
import live.sluice.media.StreamDirectory;
import live.sluice.media.StreamKey;

/**
 * The stream directory of a region, with the streams that other regions announce. They are told to the directory by the
 * region's gateways, the nodes that have the links over which announcements come; all nodes of the region see them, as
 * long as the gateway that heard them lives and does not withdraw them. Thread-safe; nothing waits.
 */
public interface RegionDirectory extends StreamDirectory {
  /** Most announcements that a region keeps, from all gateways and neighbours. */
  int MOST_ANNOUNCEMENTS = RouteTable.MOST;

  /**
   * Tells the region of a stream that its neighbour {@link Announcement#neighbour} announced to this node, in place of
   * what this node told of it from there before. Of many ways to one stream the region's nodes see the best three.
   *
   * @return false when it is refused: it comes from this region itself, its owner is called as a node of this region is,
   *     or there are too many
   */
  boolean announce(Announcement announcement);

  /** The neighbour announces that stream no more. */
  void withdraw(StreamKey key, String neighbour);

  /** The link to that neighbour is lost: nothing that this node heard from there counts any more. */
  void withdrawAll(String neighbour);

  /** All announcements as known here, of one stream in the order of {@link Announcement#BEST_FIRST}. */
  Collection<Announcement> announcements();
}
