package live.sluice.node.state;

import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.Supplier;
import live.sluice.hop.control.NodeLoad;
import live.sluice.hop.link.LinkStatus;

/**
 * How a node's links with others do, and what it heard by them. All of it may be asked from any thread.
 *
 * @param links the links that are up, as of the last second
 * @param elsewhere the nodes of other regions, by region, as gateways are told; empty on other nodes
 * @param suspected whether the node of an id is passed over now, since it did not answer
 */
public record HopView(
    Supplier<List<LinkStatus>> links,
    Supplier<Map<String, List<NodeLoad>>> elsewhere,
    Predicate<String> suspected) {
  /** Of a node that makes no links. */
  public static final HopView NONE = new HopView(List::of, Map::of, id -> false);
}
