package live.sluice.bench.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import live.sluice.media.NodeInfo;

/** What each node sends at one moment: to viewers, and to other nodes as an owner or a hub. In Mb/s. */
final class Egress {
  final double[] toViewers;
  final double[] toNodes;

  /** Streams that cross from one region to another, by both. */
  final int[][] copies;

  /** How many would cross if each edge pulled from the owner. */
  long withoutHubs;

  /** Pulls within regions. */
  long pulls;

  Egress(World world, Viewers viewers) {
    Shape shape = world.shape;
    toViewers = new double[world.nodes];
    toNodes = new double[world.nodes];
    copies = new int[shape.regions()][shape.regions()];
    int[][] hubs = new int[shape.streams()][shape.regions()];
    for (int stream = 0; stream < shape.streams(); stream++) {
      int owner = indexOf(world, world.entries[stream].owner());
      for (ModelRegion region : world.regions) {
        if (region.lost || viewers.nodesOf[stream][region.index] == 0) {
          continue;
        }
        NodeInfo hub = world.hub(region, world.entries[stream].key());
        hubs[stream][region.index] = hub == null ? owner : region.firstNode + region.nodes.indexOf(hub);
        if (hubs[stream][region.index] != owner) {
          toNodes[owner] += Shape.STREAM_MBPS;
        }
        if (region.index != world.home[stream]) {
          copies[world.home[stream]][region.index]++;
          withoutHubs += viewers.nodesOf[stream][region.index];
        }
      }
    }
    viewers.places(
        (stream, node, count) -> {
          toViewers[node] += count * Shape.STREAM_MBPS;
          int hub = hubs[stream][world.regionOf(node).index];
          if (hub != node) {
            toNodes[hub] += Shape.STREAM_MBPS;
            pulls++;
          }
        });
  }

  private static int indexOf(World world, NodeInfo node) {
    ModelRegion region = world.byName(node.region());
    return region.firstNode + region.nodes.indexOf(node);
  }

  /** All that cross between regions. */
  long crossing() {
    return Arrays.stream(copies).flatMapToInt(Arrays::stream).sum();
  }

  /** The most that cross from one region to another. */
  int mostCopies() {
    return Arrays.stream(copies).flatMapToInt(Arrays::stream).max().orElse(0);
  }

  /** Median, 99th percentile and maximum of what nodes send, in Gb/s. */
  static double[] spread(World world, double[] mbps, NodeInfo.Role role) {
    List<Double> those = new ArrayList<>();
    for (int node = 0; node < mbps.length; node++) {
      if (!world.regionOf(node).lost && world.node(node).role() == role) {
        those.add(mbps[node] / 1000);
      }
    }
    those.sort(null);
    return new double[] {
      those.get(those.size() / 2), those.get(those.size() * 99 / 100), those.getLast()
    };
  }

  /** The same of the edges of one region. */
  static double[] spread(double[] mbps, ModelRegion region) {
    List<Double> those = new ArrayList<>();
    for (int i = region.origins; i < region.nodes.size(); i++) {
      those.add(mbps[region.firstNode + i] / 1000);
    }
    those.sort(null);
    return new double[] {those.get(those.size() / 2), those.get(those.size() * 99 / 100), those.getLast()};
  }

  double[] all() {
    double[] all = toViewers.clone();
    Arrays.setAll(all, node -> toViewers[node] + toNodes[node]);
    return all;
  }
}
