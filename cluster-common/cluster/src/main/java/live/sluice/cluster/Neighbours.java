package live.sluice.cluster;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import live.sluice.media.NodeInfo;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The other nodes as they are shown: whoever of them comes or goes is told to the listeners, and those out of sight are
 * asked themselves. Confined to the loop; what is for all threads says so.
 */
final class Neighbours {
  private static final Logger log = LoggerFactory.getLogger(Neighbours.class);

  private final Parts parts;
  private final Announced announced;
  private final BooleanSupplier connected;
  private volatile List<NodeStatus> all = List.of();
  private boolean nameTold;

  /** {@code connected} says whether the directory is: while it is not, nobody is asked. */
  Neighbours(Parts parts, Announced announced, BooleanSupplier connected) {
    this.parts = parts;
    this.announced = announced;
    this.connected = connected;
  }

  /** The live nodes but for this one. From any thread. */
  List<NodeStatus> all() {
    return all;
  }

  /** A node's lease as the directory has it; says whether it is news. */
  boolean see(NodeRecord node, long now) {
    NodeInfo info = node.info();
    NodeInfo self = parts.self();
    if (!info.id().equals(self.id())) {
      return parts.leases().seen(node, now);
    }
    if (info.incarnation() > self.incarnation() && !nameTold) {
      nameTold = true;
      log.error("another node calls itself '{}' too ({}): names must be unique", self.id(), info.host());
    }
    return false;
  }

  /** The nodes' health may have changed: looks at it, and at what it means for the streams that are shown. */
  void healthChanged() {
    long now = parts.loop().now();
    parts.view().refreshAll(now);
    announced.refresh(now);
    List<NodeStatus> before = all;
    List<NodeStatus> next = parts.leases().statuses();
    all = next;
    if (!infos(before).equals(infos(next))) {
      parts.fanout().tell(listener -> listener.nodesChanged());
    }
    if (!connected.getAsBoolean()) {
      return;
    }
    for (NodeInfo node : parts.leases().toProbe(now)) {
      Thread.ofVirtual().start(() -> ask(node));
    }
  }

  /** On a thread of its own. */
  private void ask(NodeInfo node) {
    boolean reachable = parts.probe().reachable(node);
    parts
        .loop()
        .execute(
            () -> {
              parts.leases().probed(node, reachable);
              healthChanged();
            });
  }

  private static Set<NodeInfo> infos(List<NodeStatus> nodes) {
    Set<NodeInfo> infos = new HashSet<>();
    nodes.forEach(node -> infos.add(node.info()));
    return infos;
  }
}
