package live.sluice.cluster;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import live.sluice.cluster.Leases.Health;
import live.sluice.media.NodeInfo;
import live.sluice.media.StreamKey;
import org.jspecify.annotations.Nullable;

/**
 * A node's own copy of what the region's gateways heard of other regions. What a gateway told is shown as long as it is
 * not gone; what this node told itself is shown by {@link OwnAnnouncements}, whatever the directory says. Confined to the
 * loop.
 */
final class Announced {
  /**
   * How long what the directory has lost is shown on, for its gateway to write it again: it may come back some seconds
   * after this node. What a gateway withdraws is gone at once, and what one that is gone told with its lease.
   */
  private static final long MISSING_MS = 10_000;

  private static final class Held {
    AnnouncementRecord record;
    // Which of the changes that we were told of came last: a comparison that began before it is not believed.
    long touched;
    long missingSince;

    Held(AnnouncementRecord record) {
      this.record = record;
    }
  }

  /** What one life of a gateway told. */
  private static final class Gateway {
    final NodeInfo node;
    final Map<String, AnnouncementRecord> records = new HashMap<>();
    boolean gone;

    Gateway(NodeInfo node, boolean gone) {
      this.node = node;
      this.gone = gone;
    }
  }

  private final NodeInfo self;
  private final Leases leases;
  private final RouteTable routes;
  private final Consumer<StreamKey> changed;
  private final Map<String, Held> held = new HashMap<>();
  private final Map<Incarnation, Gateway> gateways = new HashMap<>();
  private long changes;

  /** {@code changed} is told of each stream whose routes changed. */
  Announced(NodeInfo self, Leases leases, RouteTable routes, Consumer<StreamKey> changed) {
    this.self = self;
    this.leases = leases;
    this.routes = routes;
    this.changed = changed;
  }

  @Nullable AnnouncementRecord held(String name) {
    Held at = held.get(name);
    return at == null ? null : at.record;
  }

  /** Those that this node told, in this life or a former one. */
  List<AnnouncementRecord> own() {
    List<AnnouncementRecord> own = new ArrayList<>();
    for (Gateway gateway : gateways.values()) {
      if (gateway.node.id().equals(self.id())) {
        own.addAll(gateway.records.values());
      }
    }
    return own;
  }

  /** Names of what was told by those lives of nodes. */
  List<String> toldBy(Set<Incarnation> nodes) {
    List<String> names = new ArrayList<>();
    for (Incarnation node : nodes) {
      Gateway gateway = gateways.get(node);
      if (gateway != null) {
        names.addAll(gateway.records.keySet());
      }
    }
    return names;
  }

  /** Ids of the nodes that told what the directory has. */
  Set<String> gateways() {
    Set<String> ids = new HashSet<>();
    gateways.keySet().forEach(gateway -> ids.add(gateway.id()));
    return ids;
  }

  /** The directory says this, now. */
  void hold(AnnouncementRecord said, long now) {
    AnnouncementRecord record =
        new AnnouncementRecord(routes.once(said.gateway()), said.revision(), routes.lean(said.announcement()));
    String name = record.name();
    Held at = held.get(name);
    if (at == null) {
      at = new Held(record);
      held.put(name, at);
    } else {
      leave(name, at.record);
      at.record = record;
    }
    at.touched = ++changes;
    at.missingSince = 0;
    Gateway gateway =
        gateways.computeIfAbsent(
            Incarnation.of(record.gateway()), key -> new Gateway(record.gateway(), isGone(record.gateway(), now)));
    gateway.records.put(name, record);
    if (!isOurs(record)) {
      show(name, record, !gateway.gone);
    }
  }

  /** The directory has nothing of that name any more. */
  void drop(String name) {
    changes++;
    Held at = held.remove(name);
    if (at != null) {
      leave(name, at.record);
      if (!isOurs(at.record)) {
        show(name, at.record, false);
      }
    }
  }

  private void leave(String name, AnnouncementRecord record) {
    Incarnation key = Incarnation.of(record.gateway());
    Gateway gateway = gateways.get(key);
    if (gateway != null && gateway.records.remove(name) != null && gateway.records.isEmpty()) {
      gateways.remove(key);
    }
  }

  private boolean isOurs(AnnouncementRecord record) {
    return record.gateway().id().equals(self.id());
  }

  private void show(String name, AnnouncementRecord record, boolean visible) {
    StreamKey key = record.announcement().entry().key();
    boolean taken = visible && !record.announcement().path().contains(self.region());
    if (taken ? routes.put(name, record.announcement()) : routes.remove(key, name)) {
      changed.accept(key);
    }
  }

  private boolean isGone(NodeInfo gateway, long now) {
    return gateway.id().equals(self.id()) || leases.health(gateway, now) == Health.GONE;
  }

  /** The nodes' health may have changed. */
  void refresh(long now) {
    for (Gateway gateway : new ArrayList<>(gateways.values())) {
      boolean gone = isGone(gateway.node, now);
      if (gone != gateway.gone && !gateway.node.id().equals(self.id())) {
        gateway.gone = gone;
        gateway.records.forEach((name, record) -> show(name, record, !gone));
      }
    }
  }

  /** To be handed to {@link #compare}: taken before the directory is read. */
  long stamp() {
    return changes;
  }

  /** Takes over all that the directory said when it was read, but for what changed since. */
  void compare(Collection<AnnouncementRecord> all, long stamp, long now) {
    Set<String> there = new HashSet<>();
    for (AnnouncementRecord record : all) {
      String name = record.name();
      there.add(name);
      Held at = held.get(name);
      if (at == null || (at.touched <= stamp && !at.record.equals(record))) {
        hold(record, now);
      } else {
        at.missingSince = 0;
      }
    }
    for (Map.Entry<String, Held> each : List.copyOf(held.entrySet())) {
      Held at = each.getValue();
      if (!there.contains(each.getKey()) && at.touched <= stamp && !stillMissed(at, now)) {
        drop(each.getKey());
      }
    }
  }

  /** Whether the gateway of what the directory has lost may yet write it again. */
  private static boolean stillMissed(Held at, long now) {
    if (at.missingSince == 0) {
      at.missingSince = now;
    }
    return now - at.missingSince < MISSING_MS;
  }
}
