package live.sluice.bench.model;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.Set;
import live.sluice.cluster.Hubs;
import live.sluice.media.Announcement;
import live.sluice.media.NodeInfo;
import live.sluice.media.StreamDirectory.Claim;
import live.sluice.media.StreamEntry;
import live.sluice.media.StreamKey;
import org.jspecify.annotations.Nullable;

/** All regions and the streams that are published in them. A stream is a place in the order of popularity. */
final class World {
  /** What a gateway reckons a way to cost, beside the distance. */
  private static final int HOP_COST = 10;

  final Shape shape;
  final List<ModelRegion> regions = new ArrayList<>();
  final int nodes;
  final int[] home;
  final StreamEntry[] entries;
  private final StreamEntry[] granted;
  private int names;

  /** Publishes and ends, as each region's own directory is told them. */
  long directoryWrites;

  /** Announcements and withdrawals, as each region's gateways tell their region. */
  long announcements;

  World(Shape shape, Random random) {
    this.shape = shape;
    Zipf sizes = new Zipf(shape.regions(), Shape.REGION_SKEW);
    int first = 0;
    for (int i = 0; i < shape.regions(); i++) {
      int edges = Math.max(1, (int) Math.round(shape.edges() * sizes.share(i)));
      ModelRegion region = new ModelRegion(i, first, Math.max(3, edges / 10), edges);
      regions.add(region);
      first += region.nodes.size();
    }
    nodes = first;
    home = new int[shape.streams()];
    entries = new StreamEntry[shape.streams()];
    granted = new StreamEntry[shape.streams()];
    for (int stream = 0; stream < shape.streams(); stream++) {
      home[stream] = sizes.draw(random);
      regions.get(home[stream]).streams.add(stream);
    }
  }

  NodeInfo node(int index) {
    ModelRegion region = regionOf(index);
    return region.nodes.get(index - region.firstNode);
  }

  ModelRegion regionOf(int node) {
    int i = regions.size() - 1;
    while (regions.get(i).firstNode > node) {
      i--;
    }
    return regions.get(i);
  }

  /** Publishes a stream in its region, by the real claim and placement, and announces it to all others. */
  void publish(int stream) {
    publish(stream, StreamKey.of("live", "stream-" + names++));
  }

  /** A publisher comes back under the same name, in another region: later than before, whatever the clocks say. */
  void publishAgain(int stream, int region) {
    long before = entries[stream].epoch();
    home[stream] = region;
    publish(stream, entries[stream].key());
    if (entries[stream].epoch() <= before) {
      throw new IllegalStateException("the epoch of " + entries[stream].key() + " did not grow");
    }
  }

  private void publish(int stream, StreamKey key) {
    ModelRegion region = regions.get(home[stream]);
    Claim claim = region.directory.claim(key, false).toCompletableFuture().join();
    if (!(claim instanceof Claim.Granted grant)) {
      throw new IllegalStateException(key + " was not granted: " + claim);
    }
    granted[stream] = grant.entry();
    NodeInfo owner = region.place(key.path());
    entries[stream] =
        new StreamEntry(key, owner, grant.entry().epoch(), grant.entry().discontinuitySequence(), List.of("H264", "Opus"));
    // The claim, and the codecs when they are known.
    directoryWrites += 2;
    for (ModelRegion other : regions) {
      if (other != region && !other.lost) {
        announce(other, entries[stream]);
      }
    }
  }

  private void announce(ModelRegion to, StreamEntry entry) {
    for (Announcement way : ways(to, entry)) {
      if (!to.directory.announce(way)) {
        throw new IllegalStateException("region " + to.name + " takes no more announcements");
      }
      announcements += gateways(to, way.neighbour());
    }
  }

  /** How many nodes of a region hear what that neighbour announces. */
  int gateways(ModelRegion region, String neighbour) {
    return Hubs.gatewaysFor(neighbour, region.nodes).size();
  }

  /** The direct way, and as many by a third region as are announced, the shortest first. */
  private List<Announcement> ways(ModelRegion to, StreamEntry entry) {
    ModelRegion from = byName(entry.owner().region());
    List<Announcement> ways = new ArrayList<>();
    ways.add(new Announcement(entry, entry.owner(), List.of(from.name), cost(from, to)));
    List<ModelRegion> thirds = new ArrayList<>(regions);
    thirds.removeIf(third -> third == from || third == to || third.lost);
    thirds.sort(Comparator.comparingInt(third -> cost(from, third) + cost(third, to)));
    for (ModelRegion third : thirds.subList(0, Math.min(shape.ways() - 1, thirds.size()))) {
      NodeInfo hub = hub(third, entry.key());
      if (hub != null) {
        ways.add(
            new Announcement(entry, hub, List.of(from.name, third.name), cost(from, third) + cost(third, to)));
      }
    }
    return ways;
  }

  @Nullable NodeInfo hub(ModelRegion region, StreamKey key) {
    return Hubs.hubFor(key, region.nodes, Set.of());
  }

  ModelRegion byName(String name) {
    return regions.get(Integer.parseInt(name.substring(name.lastIndexOf('-') + 1)));
  }

  /** Regions lie on a ring. */
  int cost(ModelRegion a, ModelRegion b) {
    int apart = Math.abs(a.index - b.index);
    return HOP_COST + 10 * Math.min(apart, regions.size() - apart);
  }

  /** Ends a stream, which all regions hear of. */
  void end(int stream) {
    ModelRegion region = regions.get(home[stream]);
    StreamEntry entry = entries[stream];
    region.directory.release(granted[stream]);
    region.leave(entry.owner());
    directoryWrites++;
    for (ModelRegion other : regions) {
      if (other != region && !other.lost) {
        for (Announcement way : other.directory.routes(entry.key())) {
          other.directory.withdraw(entry.key(), way.neighbour());
          announcements += gateways(other, way.neighbour());
        }
      }
    }
  }

  /** Whether every region finds every stream where it is. */
  boolean isConsistent() {
    for (int stream = 0; stream < entries.length; stream++) {
      for (ModelRegion region : regions) {
        StreamEntry known = region.directory.lookup(entries[stream].key());
        boolean here = region.index == home[stream];
        if (!region.lost && (known == null || (!here && !known.equals(entries[stream])))) {
          return false;
        }
      }
    }
    return true;
  }

  void close() {
    regions.forEach(region -> region.directory.close());
  }
}
