package live.sluice.bench.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import live.sluice.cluster.Hubs;
import live.sluice.media.Announcement;
import live.sluice.media.NodeInfo;
import live.sluice.media.StreamKey;

/** What it takes to get over losses: how much has to be done at once. */
final class Losses {
  /** An edge is lost: the streams it was the hub of, the pulls that go to another hub, and the viewers that come back. */
  record Edge(int streams, long pulls, int viewers) {}

  /** The link of two regions is cut: the streams that crossed it, those that have another way, and the most by one hub. */
  record Link(int streams, int otherWay, int mostAtOneHub) {}

  /**
   * A region is lost: its streams and viewers, pulls of other regions' hubs that broke, withdrawals and how long they
   * took all regions, and what the viewers ask of the others when they come back there.
   */
  record Region(
      int streams,
      int viewers,
      int hubPulls,
      long withdrawn,
      double withdrawMs,
      double publishMs,
      long newPulls,
      long newCrossings,
      boolean consistent) {}

  private final World world;
  private final Viewers viewers;

  Losses(World world, Viewers viewers) {
    this.world = world;
    this.viewers = viewers;
  }

  /** The first edge of the largest region. */
  Edge edge() {
    ModelRegion region = world.regions.getFirst();
    NodeInfo edge = region.nodes.get(region.origins);
    int streams = 0;
    long pulls = 0;
    for (int stream = 0; stream < world.entries.length; stream++) {
      StreamKey key = world.entries[stream].key();
      if (viewers.nodesOf[stream][region.index] > 0 && edge.equals(world.hub(region, key))) {
        streams++;
        pulls += viewers.nodesOf[stream][region.index];
        NodeInfo heir = Hubs.hubFor(key, region.nodes, Set.of(edge.id()));
        if (heir == null || heir.equals(edge)) {
          throw new IllegalStateException("nobody takes the place of " + edge.id());
        }
      }
    }
    int index = region.firstNode + region.origins;
    int there = 0;
    for (int node : viewers.node) {
      there += node == index ? 1 : 0;
    }
    return new Edge(streams, pulls, there);
  }

  /** The two largest regions hear no more of each other; put right again afterwards. */
  Link link() {
    ModelRegion a = world.regions.get(0);
    ModelRegion b = world.regions.get(1);
    List<Announcement> withdrawn = new ArrayList<>();
    int[] atHub = new int[world.nodes];
    int streams = 0;
    int otherWay = 0;
    int most = 0;
    for (int stream = 0; stream < world.entries.length; stream++) {
      ModelRegion from = world.regions.get(world.home[stream]);
      ModelRegion to = from == a ? b : a;
      if ((from != a && from != b) || viewers.nodesOf[stream][to.index] == 0) {
        continue;
      }
      streams++;
      StreamKey key = world.entries[stream].key();
      withdrawn.add(to.directory.routes(key).getFirst());
      to.directory.withdraw(key, from.name);
      List<Announcement> left = to.directory.routes(key);
      if (!left.isEmpty()) {
        otherWay++;
        ModelRegion third = world.byName(left.getFirst().neighbour());
        int hub = third.firstNode + third.nodes.indexOf(left.getFirst().from());
        most = Math.max(most, ++atHub[hub]);
      }
    }
    for (Announcement each : withdrawn) {
      (each.neighbour().equals(a.name) ? b : a).directory.announce(each);
    }
    return new Link(streams, otherWay, most);
  }

  /** The largest region, for good: its publishers and viewers come back at the next one that is left. */
  Region region() {
    ModelRegion lost = world.regions.getFirst();
    ModelRegion heir = world.regions.get(1);
    lost.lost = true;
    int hubPulls = 0;
    List<Integer> streams = new ArrayList<>(lost.streams);
    for (int stream : streams) {
      for (ModelRegion region : world.regions) {
        hubPulls += region != lost && viewers.nodesOf[stream][region.index] > 0 ? 1 : 0;
      }
    }
    long start = System.nanoTime();
    long withdrawn = 0;
    for (ModelRegion region : world.regions) {
      if (region != lost) {
        int before = region.directory.announcements().size();
        region.directory.withdrawAll(lost.name);
        // Ways of third regions to its streams go too: those regions say that they have lost them.
        for (int stream : streams) {
          StreamKey key = world.entries[stream].key();
          for (Announcement way : region.directory.routes(key)) {
            region.directory.withdraw(key, way.neighbour());
          }
        }
        withdrawn += before - region.directory.announcements().size();
      }
    }
    double withdrawMs = (System.nanoTime() - start) / 1e6;
    start = System.nanoTime();
    for (int stream : streams) {
      world.publishAgain(stream, heir.index);
    }
    double publishMs = (System.nanoTime() - start) / 1e6;
    int moved = 0;
    long pulls = viewers.pulls;
    long crossings = viewers.crossings;
    for (int viewer = 0; viewer < viewers.region.length; viewer++) {
      if (viewers.region[viewer] == lost.index) {
        viewers.leave(viewer);
        viewers.region[viewer] = heir.index;
        viewers.join(viewer);
        moved++;
      }
    }
    return new Region(
        streams.size(),
        moved,
        hubPulls,
        withdrawn,
        withdrawMs,
        publishMs,
        viewers.pulls - pulls,
        viewers.crossings - crossings,
        world.isConsistent());
  }
}
