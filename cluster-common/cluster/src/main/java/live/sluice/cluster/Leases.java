package live.sluice.cluster;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import live.sluice.media.NodeInfo;

/**
 * Which nodes live. A lease is good as long as its renewals are seen to advance on our own monotonic clock, so that the
 * machines' wall clocks need not agree; and the time counts only up to our own last renewal that got through: while the
 * directory is out of our reach, nobody else's lease ends. All times are ms of the monotonic clock. Confined to the
 * loop.
 */
final class Leases {
  /** What is known of one incarnation of a node. */
  enum Health {
    /** Its renewals advance. */
    LIVE,
    /** Known, and not yet seen to renew since we came within reach. */
    UNPROVEN,
    /** Its member left or its lease ended: others may claim its streams. It may still serve those it has. */
    SUSPECT,
    /** It does not answer either, gave up its lease, or was started anew. */
    GONE
  }

  private static final long PROBE_EVERY = 2_000;
  private static final int MOST_LEFT = 1_000;

  /** Leases of edges are not told of but read, which takes so long at most. */
  static final long EDGES_READ_EVERY = 5_000;

  private final long leaseMs;
  private final Map<String, Lease> byId = new HashMap<>();

  // A renewal that was under way when its member left must not revive the lease.
  private final Set<String> leftMembers =
      Collections.newSetFromMap(
          new LinkedHashMap<>() {
            @Override
            protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
              return size() > MOST_LEFT;
            }
          });

  // When a renewal of our own last got through; time counts for nobody before the first.
  private long healthyAt = Long.MIN_VALUE;

  Leases(long leaseMs) {
    this.leaseMs = leaseMs;
  }

  /** A renewal of our own got through. */
  void healthy(long now) {
    healthyAt = now;
  }

  /** We come within reach of the directory, or stood still ourselves: everybody's time starts anew. */
  void restart(long now) {
    for (Lease lease : byId.values()) {
      lease.countedFrom = now;
      lease.proven = false;
    }
  }

  /** A lease as the directory has it; says whether it is news: a node we did not know, or had given up. */
  boolean seen(NodeRecord record, long now) {
    NodeInfo info = record.info();
    Lease lease = byId.get(info.id());
    if (lease == null || info.incarnation() > lease.incarnation) {
      lease = new Lease(info, now);
      lease.left = leftMembers.contains(record.member());
      lease.record = record;
      byId.put(info.id(), lease);
      return true;
    }
    if (info.incarnation() < lease.incarnation) {
      return false;
    }
    Health healthBefore = health(lease);
    NodeRecord before = lease.record;
    boolean advanced = before != null && record.renewals() > before.renewals();
    if (before == null || advanced) {
      lease.record = record;
      lease.info = info;
    }
    if (advanced && !leftMembers.contains(record.member())) {
      lease.proven = true;
      lease.countedFrom = now;
      lease.left = false;
      lease.removed = false;
      lease.probe = Lease.Probe.NONE;
      lease.goneSince = 0;
    }
    return before == null || (healthBefore == Health.GONE && health(lease) != Health.GONE);
  }

  /** A lease was taken out of the directory. */
  void removed(String id) {
    Lease lease = byId.get(id);
    if (lease != null) {
      lease.removed = true;
    }
  }

  void memberLeft(String member) {
    leftMembers.add(member);
    for (Lease lease : byId.values()) {
      if (lease.record != null && lease.record.member().equals(member)) {
        lease.left = true;
      }
    }
  }

  void memberAdded(String member) {
    leftMembers.remove(member);
    // A lease of it stays suspect until a renewal is seen.
  }

  Health health(NodeInfo node, long now) {
    Lease lease = byId.get(node.id());
    if (lease == null || lease.incarnation < node.incarnation()) {
      lease = new Lease(node, now);
      byId.put(node.id(), lease);
    }
    return lease.incarnation > node.incarnation() ? Health.GONE : health(lease);
  }

  private Health health(Lease lease) {
    if (lease.removed) {
      return Health.GONE;
    }
    if (lease.left || (healthyAt != Long.MIN_VALUE && healthyAt - lease.countedFrom > patience(lease))) {
      return lease.probe == Lease.Probe.UNREACHABLE ? Health.GONE : Health.SUSPECT;
    }
    return lease.proven ? Health.LIVE : Health.UNPROVEN;
  }

  private long patience(Lease lease) {
    return lease.info.role() == NodeInfo.Role.EDGE ? leaseMs + EDGES_READ_EVERY : leaseMs;
  }

  /** All leases that the directory has, when nothing else happens: edges that are not among them gave theirs up. */
  void onlyEdges(Set<String> ids) {
    for (Map.Entry<String, Lease> each : byId.entrySet()) {
      Lease lease = each.getValue();
      if (lease.record != null && lease.info.role() == NodeInfo.Role.EDGE && !ids.contains(each.getKey())) {
        lease.removed = true;
      }
    }
  }

  /** Nodes out of sight that should be asked now; each is taken to be asked. */
  List<NodeInfo> toProbe(long now) {
    List<NodeInfo> ask = new ArrayList<>();
    for (Lease lease : byId.values()) {
      boolean outOfSight =
          !lease.removed && (health(lease) == Health.SUSPECT || lease.probe == Lease.Probe.UNREACHABLE);
      boolean due = lease.probe == Lease.Probe.NONE || now - lease.probedAt >= PROBE_EVERY;
      if (outOfSight && due && lease.probe != Lease.Probe.RUNNING) {
        // One that was found unreachable stays gone while it is asked again.
        if (lease.probe != Lease.Probe.UNREACHABLE) {
          lease.probe = Lease.Probe.RUNNING;
        }
        lease.probedAt = now;
        ask.add(lease.info);
      }
    }
    return ask;
  }

  void probed(NodeInfo node, boolean reachable) {
    Lease lease = byId.get(node.id());
    if (lease != null && lease.incarnation == node.incarnation() && lease.probe != Lease.Probe.NONE) {
      lease.probe = reachable ? Lease.Probe.REACHABLE : Lease.Probe.UNREACHABLE;
    }
  }

  /** Nodes that have been gone for so long; keeps the books of it, so it is to be called now and then. */
  List<NodeInfo> goneFor(long ms, long now) {
    List<NodeInfo> gone = new ArrayList<>();
    for (Lease lease : byId.values()) {
      if (health(lease) != Health.GONE) {
        lease.goneSince = 0;
      } else if (lease.goneSince == 0) {
        lease.goneSince = now;
      } else if (now - lease.goneSince >= ms) {
        gone.add(lease.info);
      }
    }
    return gone;
  }

  /** Those that have been gone for so long, and whose lease is still in the directory. */
  List<NodeInfo> toUnlease(long ms, long now) {
    List<NodeInfo> gone = goneFor(ms, now);
    gone.removeIf(
        node -> {
          Lease lease = byId.get(node.id());
          return lease == null || lease.removed || lease.record == null;
        });
    return gone;
  }

  /** The lease of that life of a node is no longer in the directory. */
  void unleased(NodeInfo node) {
    Lease lease = byId.get(node.id());
    if (lease != null && lease.incarnation == node.incarnation()) {
      lease.removed = true;
    }
  }

  /** Forgets those that have been gone for so long, but for those that are in the directory or among {@code needed}. */
  void forgetGone(long ms, long now, Set<String> needed) {
    for (NodeInfo node : goneFor(ms, now)) {
      Lease lease = byId.get(node.id());
      if (lease != null && (lease.removed || lease.record == null) && !needed.contains(node.id())) {
        byId.remove(node.id());
      }
    }
  }

  /** How many nodes are known of, gone or not. */
  int size() {
    return byId.size();
  }

  /** The nodes that are not gone, and have a lease. */
  List<NodeStatus> statuses() {
    List<NodeStatus> all = new ArrayList<>();
    for (Lease lease : byId.values()) {
      NodeRecord record = lease.record;
      if (record != null && health(lease) != Health.GONE) {
        all.add(new NodeStatus(record.info(), record.streams(), record.players()));
      }
    }
    return all;
  }
}
