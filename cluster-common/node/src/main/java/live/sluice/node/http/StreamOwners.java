package live.sluice.node.http;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import live.sluice.media.NodeInfo;
import live.sluice.media.StreamDirectory;
import live.sluice.media.StreamEntry;
import live.sluice.media.StreamKey;
import live.sluice.media.Ticker;
import org.jspecify.annotations.Nullable;

/**
 * Who owns a stream, or owned it until a moment ago: players of HLS are some segments behind, and the last ones still lie
 * with the owner when the directory has forgotten it. Thread-safe.
 */
final class StreamOwners implements StreamDirectory.Listener {
  private final StreamDirectory directory;
  private final String region;
  private final long keptNanos;
  private final Ticker ticker;
  private final Map<StreamKey, Known> known = new ConcurrentHashMap<>();

  /** An entry, and when it ended; 0 while it has not. */
  private record Known(StreamEntry entry, long endedNanos) {}

  /** Listens to the {@code directory} of a region; an owner is told for {@code kept} after its stream has ended. */
  StreamOwners(StreamDirectory directory, String region, Duration kept, Ticker ticker) {
    this.directory = directory;
    this.region = region;
    this.keptNanos = kept.toNanos();
    this.ticker = ticker;
    directory.addListener(this);
    directory.entries().forEach(entry -> known.putIfAbsent(entry.key(), new Known(entry, 0)));
  }

  /** The owner, or the last one as long as its node is alive and not too long ago; null for none. */
  @Nullable StreamEntry lookup(StreamKey key) {
    StreamEntry now = directory.lookup(key);
    if (now != null) {
      return now;
    }
    Known last = known.get(key);
    // One whose end was not told yet has ended just now: the view is ahead of what listeners hear.
    if (last == null || isOver(last) || !isAlive(last.entry().owner())) {
      return null;
    }
    return last.entry();
  }

  @Override
  public void entryChanged(StreamKey key, @Nullable StreamEntry entry) {
    if (entry != null) {
      known.put(key, new Known(entry, 0));
      return;
    }
    // 0 stands for "has not ended".
    long now = ticker.nanos() | 1;
    known.computeIfPresent(key, (k, last) -> last.endedNanos() == 0 ? new Known(last.entry(), now) : last);
    known.values().removeIf(this::isOver);
  }

  private boolean isOver(Known last) {
    return last.endedNanos() != 0 && ticker.nanos() - last.endedNanos() > keptNanos;
  }

  /** Of a node of another region nothing is known here: whoever asks it will see. */
  private boolean isAlive(NodeInfo owner) {
    if (!owner.region().equals(region)) {
      return true;
    }
    for (NodeInfo node : directory.nodes()) {
      if (node.id().equals(owner.id())) {
        return node.incarnation() == owner.incarnation();
      }
    }
    return false;
  }
}
