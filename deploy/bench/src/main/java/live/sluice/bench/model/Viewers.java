package live.sluice.bench.model;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Who watches what, and at which edge. Any edge of a viewer's region may be the one: load balancers do not know streams.
 */
final class Viewers {
  private final World world;
  private final Random random;
  private final Zipf everywhere;
  private final Zipf[] nearby;
  private final Zipf sizes;
  final int[] region;
  final int[] stream;
  final int[] node;

  /** How many viewers a stream has at a node, by stream and node in one number. */
  private final Map<Long, Integer> at = new HashMap<>();

  /** At how many nodes of a region a stream has viewers. */
  final int[][] nodesOf;

  /** Pulls of edges that began, and pulls from one region to another. */
  long pulls;

  long crossings;

  Viewers(World world, Random random) {
    this.world = world;
    this.random = random;
    Shape shape = world.shape;
    everywhere = new Zipf(shape.streams(), Shape.POPULARITY);
    nearby = new Zipf[shape.regions()];
    for (ModelRegion each : world.regions) {
      nearby[each.index] = new Zipf(Math.max(1, each.streams.size()), Shape.POPULARITY);
    }
    sizes = new Zipf(shape.regions(), Shape.REGION_SKEW);
    region = new int[shape.viewers()];
    stream = new int[shape.viewers()];
    node = new int[shape.viewers()];
    nodesOf = new int[shape.streams()][shape.regions()];
    for (int viewer = 0; viewer < shape.viewers(); viewer++) {
      region[viewer] = sizes.draw(random);
      join(viewer);
    }
  }

  /** A viewer comes and chooses. */
  void join(int viewer) {
    ModelRegion home = world.regions.get(region[viewer]);
    node[viewer] = home.firstNode + home.origins + random.nextInt(home.edges());
    stream[viewer] = choose(home);
    if (at.merge(place(stream[viewer], node[viewer]), 1, Integer::sum) == 1) {
      pulls++;
      if (nodesOf[stream[viewer]][home.index]++ == 0 && world.home[stream[viewer]] != home.index) {
        crossings++;
      }
    }
  }

  private int choose(ModelRegion home) {
    boolean near = random.nextDouble() < Shape.LOCALITY && !home.streams.isEmpty();
    return near ? home.streams.get(nearby[home.index].draw(random)) : everywhere.draw(random);
  }

  void leave(int viewer) {
    long place = place(stream[viewer], node[viewer]);
    if (at.merge(place, -1, (a, b) -> a + b == 0 ? null : a + b) == null) {
      nodesOf[stream[viewer]][region[viewer]]--;
    }
  }

  private long place(int ofStream, int atNode) {
    return (long) ofStream * world.nodes + atNode;
  }

  /** Everywhere that a stream has viewers. */
  interface Place {
    void at(int stream, int node, int viewers);
  }

  void places(Place each) {
    at.forEach((place, viewers) -> each.at((int) (place / world.nodes), (int) (place % world.nodes), viewers));
  }

  /** All viewers of a stream turn to another one. */
  void turnAway(int ended) {
    List<Integer> those = Arrays.stream(byStream(ended)).boxed().toList();
    those.forEach(
        viewer -> {
          leave(viewer);
          join(viewer);
        });
  }

  private int[] byStream(int wanted) {
    int[] found = new int[stream.length];
    int count = 0;
    for (int viewer = 0; viewer < stream.length; viewer++) {
      if (stream[viewer] == wanted) {
        found[count++] = viewer;
      }
    }
    return Arrays.copyOf(found, count);
  }
}
