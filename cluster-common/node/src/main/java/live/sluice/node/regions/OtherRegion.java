package live.sluice.node.regions;

import java.net.InetSocketAddress;
import java.util.List;

/**
 * Another region.
 *
 * @param seeds addresses of some of its nodes, by which the others are found
 */
public record OtherRegion(String name, List<InetSocketAddress> seeds) {
  /** Keeps the list as it is now. */
  public OtherRegion {
    seeds = List.copyOf(seeds);
  }
}
