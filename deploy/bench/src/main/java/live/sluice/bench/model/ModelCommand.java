package live.sluice.bench.model;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import live.sluice.bench.BenchException;
import live.sluice.media.Announcement;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Works out what many regions carry, and writes it down. */
@Command(
    name = "model",
    description = {
      "A model of many regions: placement, hubs and announcements by the classes of a node, for more nodes than one",
      "machine has. Nothing is served."
    },
    mixinStandardHelpOptions = true)
public final class ModelCommand implements Callable<Integer> {
  @Option(names = "--regions", paramLabel = "N", defaultValue = "10", description = "Regions (${DEFAULT-VALUE}).")
  private int regions;

  @Option(names = "--edges", paramLabel = "N", defaultValue = "1000", description = "Edges in all (${DEFAULT-VALUE}).")
  private int edges;

  @Option(names = "--viewers", paramLabel = "N", defaultValue = "1000000", description = "Viewers (${DEFAULT-VALUE}).")
  private int viewers;

  @Option(names = "--streams", paramLabel = "N", defaultValue = "10000", description = "Streams (${DEFAULT-VALUE}).")
  private int streams;

  @Option(
      names = "--seconds",
      paramLabel = "N",
      defaultValue = "60",
      description = "How long viewers and publishers come and go (${DEFAULT-VALUE}).")
  private int seconds;

  @Option(
      names = "--ways",
      paramLabel = "N",
      defaultValue = "3",
      description = "Ways to each stream that a region is told of (${DEFAULT-VALUE}).")
  private int ways;

  @Option(names = "--seed", paramLabel = "N", defaultValue = "1", description = "Of all that is drawn (${DEFAULT-VALUE}).")
  private long seed;

  @Option(names = "--out", paramLabel = "FILE", description = "Where to write the page, such as docs/scale.md.")
  private @Nullable Path out;

  @Override
  public Integer call() {
    if (regions < 3 || regions > 200 || edges < regions || viewers < 1 || streams < regions || seconds < 1 || ways < 1) {
      throw new BenchException("it takes 3 to 200 regions, an edge and a stream for each, a viewer, a second and a way");
    }
    Shape shape = new Shape(regions, edges, viewers, streams, seconds, ways, seed);
    String page = new ScalePage(run(shape)).text();
    Path file = out;
    if (file == null) {
      System.out.print(page);
    } else {
      try {
        Files.writeString(file, page);
      } catch (IOException e) {
        throw new BenchException("cannot write " + file + ": " + e.getMessage());
      }
    }
    return 0;
  }

  private static Findings run(Shape shape) {
    Random random = new Random(shape.seed());
    long empty = RealRegion.heap();
    World world = new World(shape, random);
    try {
      tell("publishing " + shape.streams() + " streams");
      long start = System.nanoTime();
      for (int stream = 0; stream < shape.streams(); stream++) {
        world.publish(stream);
      }
      double publishSeconds = (System.nanoTime() - start) / 1e9;
      long tables = RealRegion.heap() - empty;
      tell("placing " + shape.viewers() + " viewers");
      Viewers viewers = new Viewers(world, random);
      tell("letting them come and go for " + shape.seconds() + " s");
      Churn churn = Churn.run(world, viewers, random);
      Egress egress = new Egress(world, viewers);
      tell("losing an edge, a link and a region");
      Losses losses = new Losses(world, viewers);
      Losses.Edge edge = losses.edge();
      Losses.Link link = losses.link();
      ModelRegion last = world.regions.getLast();
      List<Announcement> heard = new ArrayList<>(last.directory.announcements());
      Losses.Region region = losses.region();
      double[] after = Egress.spread(new Egress(world, viewers).all(), world.regions.get(1));
      tell("telling a real directory " + heard.size() + " announcements");
      RealRegion real = RealRegion.measure(heard);
      return new Findings(
          shape, world, egress, churn, publishSeconds, tables, heard.size(), edge, link, region, after, real);
    } finally {
      world.close();
    }
  }

  private static void tell(String what) {
    System.err.println("sluice bench model: " + what);
  }
}
