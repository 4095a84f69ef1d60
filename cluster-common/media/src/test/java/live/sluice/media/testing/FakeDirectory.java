package live.sluice.media.testing;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import live.sluice.media.NodeInfo;
import live.sluice.media.StreamDirectory;
import live.sluice.media.StreamEntry;
import live.sluice.media.StreamKey;
import org.jspecify.annotations.Nullable;

/** A directory of one node that does as it is told. */
public final class FakeDirectory implements StreamDirectory {
  /** The node it speaks for. */
  public static final NodeInfo SELF =
      new NodeInfo("test-0", 1, NodeInfo.Role.ORIGIN, "local", "127.0.0.1", 1935, 8080, 1985);

  private final Map<StreamKey, StreamEntry> entries = new ConcurrentHashMap<>();
  private final List<Listener> listeners = new CopyOnWriteArrayList<>();
  private final List<NodeInfo> nodes = new CopyOnWriteArrayList<>(List.of(SELF));
  private volatile boolean connected = true;
  private long epoch = 1000;

  @Override
  public CompletionStage<Claim> claim(StreamKey key, boolean takeOver) {
    StreamEntry present = entries.get(key);
    if (present != null && !takeOver) {
      return CompletableFuture.completedFuture(new Claim.Refused(present));
    }
    StreamEntry mine = new StreamEntry(key, SELF, ++epoch, 0, List.of());
    entries.put(key, mine);
    return CompletableFuture.completedFuture(new Claim.Granted(mine));
  }

  /** Says that this stream has an owner; a null one that it has none. */
  public void set(StreamKey key, @Nullable StreamEntry entry) {
    if (entry == null) {
      entries.remove(key);
    } else {
      entries.put(key, entry);
    }
    listeners.forEach(listener -> listener.entryChanged(key, entry));
  }

  /** Says that this node's stream belongs to another one now. */
  public void lose(StreamEntry mine, StreamEntry winner) {
    entries.put(mine.key(), winner);
    listeners.forEach(listener -> listener.ownershipLost(mine, winner));
  }

  @Override
  public void describe(StreamEntry mine) {
    entries.computeIfPresent(mine.key(), (key, present) -> present.epoch() == mine.epoch() ? mine : present);
  }

  @Override
  public void release(StreamEntry mine) {
    entries.computeIfPresent(mine.key(), (key, present) -> present.epoch() == mine.epoch() ? null : present);
  }

  @Override
  public @Nullable StreamEntry lookup(StreamKey key) {
    return entries.get(key);
  }

  @Override
  public Collection<StreamEntry> entries() {
    return new ArrayList<>(entries.values());
  }

  @Override
  public Collection<NodeInfo> nodes() {
    return List.copyOf(nodes);
  }

  @Override
  public boolean connected() {
    return connected;
  }

  /** Says that there is another node. */
  public void addNode(NodeInfo node) {
    nodes.add(node);
    listeners.forEach(Listener::nodesChanged);
  }

  /** Says whether the directory is within reach. */
  public void setConnected(boolean within) {
    connected = within;
  }

  @Override
  public void addListener(Listener listener) {
    listeners.add(listener);
  }
}
