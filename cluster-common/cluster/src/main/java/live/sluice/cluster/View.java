package live.sluice.cluster;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import live.sluice.media.NodeInfo;
import live.sluice.media.StreamEntry;
import live.sluice.media.StreamKey;
import org.jspecify.annotations.Nullable;

/**
 * A node's own copy of the directory: what the directory says of each stream, what this node owns whatever the
 * directory says, and from both, with what other regions announce, what is shown to look-ups. Look-ups come from any thread; all else is confined to the
 * loop.
 */
final class View {
  /** How long a live stream that the directory has lost is shown on, for its owner to write it again. */
  private static final long MISSING_MS = 3_000;

  private static final class Held {
    StreamRecord record;
    // Which of the changes that we were told of came last: a comparison that began before it is not believed.
    long touched;
    long missingSince;

    Held(StreamRecord record) {
      this.record = record;
    }
  }

  private final NodeInfo self;
  private final Leases leases;
  private final Fanout fanout;
  private final Map<StreamKey, Held> held = new HashMap<>();
  private final Map<StreamKey, StreamRecord> owned = new HashMap<>();
  private final RouteTable routes;

  // Of this region; what is shown has those of other regions too.
  private final Map<StreamKey, StreamEntry> near = new HashMap<>();
  private final Map<StreamKey, StreamEntry> shown = new ConcurrentHashMap<>();
  private long changes;

  View(NodeInfo self, Leases leases, RouteTable routes, Fanout fanout) {
    this.self = self;
    this.leases = leases;
    this.routes = routes;
    this.fanout = fanout;
  }

  /** From any thread. */
  @Nullable StreamEntry lookup(StreamKey key) {
    return shown.get(key);
  }

  /** From any thread. */
  Collection<StreamEntry> entries() {
    return new ArrayList<>(shown.values());
  }

  @Nullable StreamRecord held(StreamKey key) {
    Held at = held.get(key);
    return at == null ? null : at.record;
  }

  Collection<StreamRecord> allHeld() {
    List<StreamRecord> all = new ArrayList<>(held.size());
    held.values().forEach(at -> all.add(at.record));
    return all;
  }

  @Nullable StreamRecord owned(StreamKey key) {
    return owned.get(key);
  }

  Collection<StreamRecord> allOwned() {
    return new ArrayList<>(owned.values());
  }

  void own(StreamRecord mine, long now) {
    owned.put(mine.key(), mine);
    refresh(mine.key(), now);
  }

  void disown(StreamKey key, long now) {
    owned.remove(key);
    refresh(key, now);
  }

  /** The directory says this, now. */
  void hold(StreamRecord record, long now) {
    Held at = held.computeIfAbsent(record.key(), key -> new Held(record));
    at.record = record;
    at.touched = ++changes;
    at.missingSince = 0;
    refresh(record.key(), now);
  }

  /** The directory has nothing of it any more. */
  void drop(StreamKey key, long now) {
    held.remove(key);
    changes++;
    refresh(key, now);
  }

  /** To be handed to {@link #compare}: taken before the directory is read. */
  long stamp() {
    return changes;
  }

  /** Takes over all that the directory said when it was read, but for what changed since. */
  void compare(Collection<StreamRecord> all, long stamp, long now) {
    Map<StreamKey, StreamRecord> there = new HashMap<>();
    for (StreamRecord record : all) {
      there.put(record.key(), record);
      Held at = held.get(record.key());
      if (at == null || at.touched <= stamp) {
        hold(record, now);
      }
    }
    Iterator<Map.Entry<StreamKey, Held>> each = held.entrySet().iterator();
    List<StreamKey> dropped = new ArrayList<>();
    while (each.hasNext()) {
      Map.Entry<StreamKey, Held> entry = each.next();
      Held at = entry.getValue();
      if (there.containsKey(entry.getKey()) || at.touched > stamp) {
        continue;
      }
      if (!at.record.ended() && stillMissed(at, now)) {
        continue;
      }
      each.remove();
      dropped.add(entry.getKey());
    }
    dropped.forEach(key -> refresh(key, now));
  }

  /** Whether the owner of a live stream that the directory has lost may yet write it again. */
  private boolean stillMissed(Held at, long now) {
    if (leases.health(at.record.owner(), now) == Leases.Health.SUSPECT) {
      // It is on the other side of a cut, and can't tell us. A side without the backups has lost what it wrote.
      at.missingSince = 0;
      return true;
    }
    if (at.missingSince == 0) {
      at.missingSince = now;
    }
    return now - at.missingSince < MISSING_MS;
  }

  /** Looks at all again: the nodes' health changed. */
  void refreshAll(long now) {
    for (StreamKey key : held.keySet()) {
      refresh(key, now);
    }
  }

  /** Looks at a stream again: what the directory, this node or another region says of it changed. */
  void refresh(StreamKey key, long now) {
    StreamEntry own = visible(key, now);
    if (own == null) {
      near.remove(key);
    } else {
      near.put(key, own);
    }
    StreamEntry next = own != null ? own : routes.best(key);
    StreamEntry before = next == null ? shown.remove(key) : shown.put(key, next);
    if (next == null ? before != null : !next.equals(before)) {
      fanout.tell(listener -> listener.entryChanged(key, next));
    }
  }

  /** As this region says. */
  private @Nullable StreamEntry visible(StreamKey key, long now) {
    StreamRecord mine = owned.get(key);
    if (mine != null) {
      return mine.entry();
    }
    StreamRecord record = held(key);
    if (record == null || record.ended()) {
      return null;
    }
    if (record.owner().id().equals(self.id())) {
      // Word of our own claim came before its answer: until then the owner before us stands.
      StreamEntry before = near.get(key);
      return before != null && !before.owner().id().equals(self.id()) ? unlessGone(before, now) : null;
    }
    return unlessGone(record.entry(), now);
  }

  private @Nullable StreamEntry unlessGone(StreamEntry entry, long now) {
    return leases.health(entry.owner(), now) == Leases.Health.GONE ? null : entry;
  }
}
