package live.sluice.cluster;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import live.sluice.media.Announcement;
import live.sluice.media.NodeInfo;
import live.sluice.media.StreamEntry;
import live.sluice.media.StreamKey;
import org.jspecify.annotations.Nullable;

/**
 * The directory of a node alone: grants from a map of its own, by the same rules as the cluster's. Thread-safe; what was
 * ended last is remembered for as many names as {@link #MOST_ENDED}.
 */
public final class LocalDirectory implements RegionDirectory, AutoCloseable {
  /** Ended streams whose epoch and discontinuity sequence are remembered. */
  static final int MOST_ENDED = 10_000;

  private final NodeInfo self;
  private final InstantSource clock;
  private final Fanout fanout;
  private final Map<StreamKey, StreamEntry> visible = new ConcurrentHashMap<>();

  // Guarded by this.
  private final Map<StreamKey, StreamRecord> live = new HashMap<>();
  private final Map<StreamKey, StreamRecord> ended = new LinkedHashMap<>();
  private final RouteTable routes = new RouteTable();
  private long publishes;

  /** A directory of {@code self} alone; {@code clock} gives the wall clock of epochs. */
  public LocalDirectory(NodeInfo self, InstantSource clock) {
    this.self = self;
    this.clock = clock;
    this.fanout = new Fanout(self.id());
  }

  @Override
  public CompletionStage<Claim> claim(StreamKey key, boolean takeOver) {
    CompletableFuture<Claim> answer = new CompletableFuture<>();
    Claim claim = decide(key, takeOver);
    fanout.run(() -> answer.complete(claim));
    return answer;
  }

  private synchronized Claim decide(StreamKey key, boolean takeOver) {
    StreamRecord current = live.get(key);
    if (current != null && !takeOver) {
      return new Claim.Refused(current.entry());
    }
    StreamEntry elsewhere = routes.best(key);
    if (elsewhere != null && !takeOver) {
      return new Claim.Refused(elsewhere);
    }
    ClaimRequest request =
        ClaimRequest.of(key, self, ++publishes, clock.millis(), takeOver, null, null)
            .above(routes.highEpoch(key), routes.highDiscontinuity(key));
    StreamRecord next = request.decide(current == null ? ended.remove(key) : current);
    put(next);
    return new Claim.Granted(next.entry());
  }

  private void put(StreamRecord record) {
    live.put(record.key(), record);
    show(record.key(), record.entry());
  }

  @Override
  public synchronized void describe(StreamEntry mine) {
    StreamRecord current = live.get(mine.key());
    if (current != null && current.epoch() == mine.epoch() && !current.knows(mine)) {
      put(current.describe(mine));
    }
  }

  @Override
  public synchronized void release(StreamEntry mine) {
    StreamRecord current = live.get(mine.key());
    if (current != null && current.epoch() == mine.epoch()) {
      end(current);
    }
  }

  private void end(StreamRecord current) {
    StreamKey key = current.key();
    live.remove(key);
    ended.put(key, current.end(clock.millis(), 0));
    if (ended.size() > MOST_ENDED) {
      Iterator<StreamKey> oldest = ended.keySet().iterator();
      oldest.next();
      oldest.remove();
    }
    show(key, routes.best(key));
  }

  private void show(StreamKey key, @Nullable StreamEntry entry) {
    StreamEntry before = entry == null ? visible.remove(key) : visible.put(key, entry);
    if (entry == null ? before != null : !entry.equals(before)) {
      fanout.tell(listener -> listener.entryChanged(key, entry));
    }
  }

  @Override
  public synchronized boolean announce(Announcement announcement) {
    boolean taken =
        !announcement.path().contains(self.region())
            && !announcement.entry().owner().id().equals(self.id())
            && routes.takes(announcement);
    if (taken && routes.put(announcement.neighbour(), routes.lean(announcement))) {
      routesChanged(announcement.entry().key());
    }
    return taken;
  }

  @Override
  public synchronized void withdraw(StreamKey key, String neighbour) {
    if (routes.remove(key, neighbour)) {
      routesChanged(key);
    }
  }

  @Override
  public synchronized void withdrawAll(String neighbour) {
    for (Announcement each : routes.all()) {
      if (each.neighbour().equals(neighbour)) {
        withdraw(each.entry().key(), neighbour);
      }
    }
  }

  private void routesChanged(StreamKey key) {
    fanout.tell(listener -> listener.routesChanged(key));
    StreamRecord mine = live.get(key);
    StreamEntry elsewhere = routes.best(key);
    if (mine == null) {
      show(key, elsewhere);
    } else if (elsewhere != null && elsewhere.beats(mine.entry())) {
      StreamEntry lost = mine.entry();
      end(mine);
      fanout.tell(listener -> listener.ownershipLost(lost, elsewhere));
    }
  }

  @Override
  public List<Announcement> routes(StreamKey key) {
    return routes.routes(key);
  }

  @Override
  public Collection<Announcement> announcements() {
    return routes.all();
  }

  @Override
  public @Nullable StreamEntry lookup(StreamKey key) {
    return visible.get(key);
  }

  @Override
  public Collection<StreamEntry> entries() {
    return new ArrayList<>(visible.values());
  }

  @Override
  public Collection<NodeInfo> nodes() {
    return List.of(self);
  }

  @Override
  public boolean connected() {
    return true;
  }

  @Override
  public void addListener(Listener listener) {
    fanout.add(listener);
  }

  @Override
  public void close() {
    fanout.close();
  }
}
