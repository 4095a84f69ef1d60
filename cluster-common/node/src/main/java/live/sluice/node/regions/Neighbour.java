package live.sluice.node.regions;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import live.sluice.hop.control.ControlMessage;
import live.sluice.hop.control.NodeLoad;
import live.sluice.hop.link.Link;
import live.sluice.media.Announcement;
import live.sluice.media.StreamKey;

/**
 * One link that announcements cross: remembers what the other side was told, and tells it what differs. On the link's loop,
 * but for what says otherwise.
 */
final class Neighbour {
  /** Changes that come within this time are told together, in ms. */
  private static final long GATHER_MS = 20;

  private final Link link;
  private final AnnouncedStreams streams;
  private final Map<StreamKey, Announcement> told = new HashMap<>();
  private final Set<StreamKey> changed = ConcurrentHashMap.newKeySet();
  private final AtomicBoolean scheduled = new AtomicBoolean();
  private volatile boolean allChanged;

  Neighbour(Link link, AnnouncedStreams streams) {
    this.link = link;
    this.streams = streams;
  }

  Link link() {
    return link;
  }

  String region() {
    return link.peer().region();
  }

  /** A stream, or the way to it, is not as it was; from any thread. */
  void changed(StreamKey key) {
    changed.add(key);
    schedule();
  }

  /** All may be otherwise; from any thread. */
  void allChanged() {
    allChanged = true;
    schedule();
  }

  /** Tells the live nodes of this region; from any thread. */
  void tell(Collection<NodeLoad> nodes) {
    List<NodeLoad> all = List.copyOf(nodes);
    link.run(() -> link.say(new ControlMessage.Nodes(all)));
  }

  private void schedule() {
    if (scheduled.compareAndSet(false, true) && !link.loop().isShuttingDown()) {
      link.loop().schedule(this::tellChanges, GATHER_MS, TimeUnit.MILLISECONDS);
    }
  }

  private void tellChanges() {
    scheduled.set(false);
    if (!link.isUp()) {
      return;
    }
    Set<StreamKey> keys = new HashSet<>(changed);
    changed.removeAll(keys);
    if (allChanged) {
      allChanged = false;
      keys.addAll(streams.keys());
      keys.addAll(told.keySet());
    }
    keys.forEach(this::tell);
  }

  private void tell(StreamKey key) {
    Announcement now = streams.of(key, region());
    Announcement before = now == null ? told.remove(key) : told.put(key, now);
    if (now != null && !now.equals(before)) {
      link.say(new ControlMessage.Announce(now));
    } else if (now == null && before != null) {
      link.say(new ControlMessage.Unannounce(key));
    }
  }
}
