package live.sluice.cluster;

import live.sluice.media.NodeInfo;
import org.jspecify.annotations.Nullable;

/** What one node knows of another's lease. Times are ms of the local monotonic clock. Confined to the loop. */
final class Lease {
  /** How a probe of a node that is out of sight went. */
  enum Probe {
    NONE,
    RUNNING,
    REACHABLE,
    UNREACHABLE
  }

  final long incarnation;
  NodeInfo info;

  /** The last renewal seen; null while the node is only known as the owner of a stream. */
  @Nullable NodeRecord record;

  /** From when the time without a renewal counts. */
  long countedFrom;

  /** Whether a renewal was seen since we last came within reach of the directory. */
  boolean proven;

  /** Whether its Hazelcast member left. */
  boolean left;

  /** Whether it gave the lease up, or the janitor took it away. */
  boolean removed;

  Probe probe = Probe.NONE;
  long probedAt;

  /** Since when it is gone; 0 while it is not. */
  long goneSince;

  Lease(NodeInfo info, long now) {
    this.info = info;
    this.incarnation = info.incarnation();
    this.countedFrom = now;
  }
}
