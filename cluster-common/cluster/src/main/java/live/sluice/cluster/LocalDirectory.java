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
import live.sluice.media.NodeInfo;
import live.sluice.media.StreamDirectory;
import live.sluice.media.StreamEntry;
import live.sluice.media.StreamKey;
import org.jspecify.annotations.Nullable;

/**
 * The directory of a node alone: grants from a map of its own, by the same rules as the cluster's. Thread-safe; what was
 * ended last is remembered for as many names as {@link #MOST_ENDED}.
 */
public final class LocalDirectory implements StreamDirectory, AutoCloseable {
  /** Ended streams whose epoch and discontinuity sequence are remembered. */
  static final int MOST_ENDED = 10_000;

  private final NodeInfo self;
  private final InstantSource clock;
  private final Fanout fanout;
  private final Map<StreamKey, StreamEntry> visible = new ConcurrentHashMap<>();

  // Guarded by this.
  private final Map<StreamKey, StreamRecord> live = new HashMap<>();
  private final Map<StreamKey, StreamRecord> ended = new LinkedHashMap<>();
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
    ClaimRequest request = ClaimRequest.of(key, self, ++publishes, clock.millis(), takeOver, null, null);
    StreamRecord next = request.decide(current == null ? ended.remove(key) : current);
    put(next);
    return new Claim.Granted(next.entry());
  }

  private void put(StreamRecord record) {
    live.put(record.key(), record);
    visible.put(record.key(), record.entry());
    fanout.tell(listener -> listener.entryChanged(record.key(), record.entry()));
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
    if (current == null || current.epoch() != mine.epoch()) {
      return;
    }
    live.remove(mine.key());
    visible.remove(mine.key());
    ended.put(mine.key(), current.end(clock.millis(), 0));
    if (ended.size() > MOST_ENDED) {
      Iterator<StreamKey> oldest = ended.keySet().iterator();
      oldest.next();
      oldest.remove();
    }
    fanout.tell(listener -> listener.entryChanged(mine.key(), null));
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
