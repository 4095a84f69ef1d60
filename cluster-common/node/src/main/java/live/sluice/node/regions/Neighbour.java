package live.sluice.node.regions;

import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
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
import live.sluice.media.SluiceException;
import live.sluice.media.StreamKey;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One link that announcements cross: remembers what the other side was told, and tells it what differs. On the link's loop,
 * but for what says otherwise.
 */
final class Neighbour {
  /** Changes that come within this time are told together, in ms. */
  private static final long GATHER_MS = 20;

  /** Streams that are told at once; the others follow {@link #GATHER_MS} later, as media crosses on the same loop. */
  private static final int AT_ONCE = 500;

  private static final Logger LOG = LoggerFactory.getLogger(Neighbour.class);

  private final Link link;
  private final AnnouncedStreams streams;
  private final Map<StreamKey, Announcement> told = new HashMap<>();
  private final Set<StreamKey> changed = ConcurrentHashMap.newKeySet();
  private final AtomicBoolean scheduled = new AtomicBoolean();
  private volatile boolean allChanged;

  // Of all links of a region together; guarded by the gateways.
  private final Map<StreamKey, Announcement> heard = new HashMap<>();

  Neighbour(Link link, AnnouncedStreams streams) {
    this.link = link;
    this.streams = streams;
  }

  /** What the other side has announced by this link and this node's directory has taken. */
  Map<StreamKey, Announcement> heard() {
    return heard;
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
    if (allChanged) {
      allChanged = false;
      changed.addAll(streams.keys());
      changed.addAll(told.keySet());
    }
    int left = AT_ONCE;
    for (Iterator<StreamKey> keys = changed.iterator(); left > 0 && keys.hasNext(); left--) {
      StreamKey key = keys.next();
      keys.remove();
      tell(key);
    }
    if (!changed.isEmpty()) {
      schedule();
    }
  }

  private void tell(StreamKey key) {
    Announcement now;
    try {
      now = streams.of(key, region());
    } catch (SluiceException e) {
      LOG.atDebug().addKeyValue("stream", key).addKeyValue("why", e.getMessage()).log("stream can't be announced");
      now = null;
    }
    Announcement before = now == null ? told.remove(key) : told.put(key, now);
    if (now != null && !now.equals(before)) {
      link.say(new ControlMessage.Announce(now));
    } else if (now == null && before != null) {
      link.say(new ControlMessage.Unannounce(key));
    }
  }
}
