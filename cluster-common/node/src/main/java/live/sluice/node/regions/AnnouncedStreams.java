package live.sluice.node.regions;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import live.sluice.cluster.Hubs;
import live.sluice.media.Announcement;
import live.sluice.media.NodeInfo;
import live.sluice.media.StreamDirectory;
import live.sluice.media.StreamEntry;
import live.sluice.media.StreamKey;
import org.jspecify.annotations.Nullable;

/**
 * What this region announces to another one: its own streams, and those of third regions that it hears of, which go through
 * its hubs. Stateless and thread-safe.
 */
record AnnouncedStreams(NodeInfo self, StreamDirectory directory) {
  /** What one more region on the way costs. */
  private static final int REGION_COST = 10;

  /** More than that no node takes. */
  private static final int MOST_COST = 1_000_000;

  /** What is to be announced of a stream to {@code region}; null for nothing. */
  @Nullable Announcement of(StreamKey key, String region) {
    StreamEntry entry = directory.lookup(key);
    if (entry == null || entry.owner().region().equals(region)) {
      return null;
    }
    if (entry.owner().region().equals(self.region())) {
      return new Announcement(entry, entry.owner(), List.of(self.region()), 0);
    }
    for (Announcement route : directory.routes(key)) {
      boolean leadsOn =
          route.path().size() < Announcement.LONGEST_PATH
              && !route.path().contains(region)
              && !route.path().contains(self.region());
      if (leadsOn && isSamePublish(route.entry(), entry)) {
        NodeInfo hub = Hubs.hubFor(key, directory.nodes(), Set.of());
        return hub == null ? null : through(hub, route);
      }
    }
    return null;
  }

  private Announcement through(NodeInfo hub, Announcement route) {
    List<String> path = new ArrayList<>(route.path());
    path.add(self.region());
    return new Announcement(route.entry(), hub, path, Math.min(MOST_COST, route.cost() + REGION_COST));
  }

  /** Two owners may have published at the same ms. */
  static boolean isSamePublish(StreamEntry one, StreamEntry other) {
    return one.epoch() == other.epoch() && one.owner().id().equals(other.owner().id());
  }

  /** All streams of which something may be announced. */
  Set<StreamKey> keys() {
    Set<StreamKey> keys = new HashSet<>();
    directory.entries().forEach(entry -> keys.add(entry.key()));
    return keys;
  }
}
