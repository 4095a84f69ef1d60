package live.sluice.bench.cascade;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import live.sluice.bench.BenchException;
import live.sluice.bench.measure.Machine;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * {@code ./sluice bench cascade}: a laboratory of three regions; publishers in the first, players in the second, or, where
 * the first and the third are cut off from each other, in the third, two hops away.
 */
@Command(
    name = "cascade",
    mixinStandardHelpOptions = true,
    description = "What crosses regions in time, by round trip, loss, streams and hops. As root: it makes a laboratory.")
public final class CascadeCommand implements Callable<Integer> {
  private static final int BITS = 2_500_000;
  private static final JsonMapper JSON = JsonMapper.builder().build();

  @Option(names = "--rtt", split = ",", defaultValue = "50,100,200", description = "ms of each hop: ${DEFAULT-VALUE}.")
  private List<Integer> roundTrips = List.of();

  @Option(names = "--loss", split = ",", defaultValue = "0,0.1,1,3", description = "percent each way: ${DEFAULT-VALUE}.")
  private List<Double> losses = List.of();

  @Option(names = "--streams", split = ",", defaultValue = "1,10", description = "at once: ${DEFAULT-VALUE}.")
  private List<Integer> streams = List.of();

  @Option(names = "--hops", split = ",", defaultValue = "1,2", description = "1 and 2: ${DEFAULT-VALUE}.")
  private List<Integer> hops = List.of();

  @Option(names = "--for", defaultValue = "30", description = "seconds of each cell: ${DEFAULT-VALUE}.")
  private int seconds;

  @Option(names = "--json", description = "Writes all figures to this file.")
  private @Nullable Path json;

  private final Tool tool = new Tool("bench" + ProcessHandle.current().pid() % 10_000);

  @Override
  public Integer call() throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory("sluice-cascade");
    tool.lab("up", "--regions", "3", "--nodes", "1", "--delay", "25", "--rate", "200", "--detach");
    List<CellResult> results = new ArrayList<>();
    try {
      JsonNode status = JSON.readTree(tool.lab("status", "--json"));
      System.out.printf(
          "%6s %6s %8s %5s %10s %8s %10s %9s %9s %9s %8s%n",
          "rtt", "loss", "streams", "hops", "received", "lost", "in time %", "bar %", "p50 ms", "p99 ms", "copies");
      for (int hop : hops) {
        tool.lab("heal");
        if (hop == 2) {
          tool.lab("cut", "r1", "r3");
          // Announcements turn to the way through the second region.
          TimeUnit.SECONDS.sleep(8);
        }
        for (int count : streams) {
          for (int roundTrip : roundTrips) {
            for (double loss : losses) {
              CellResult result = measure(new Cell(roundTrip, loss, count, hop), status, folder);
              results.add(result);
              print(result);
            }
          }
        }
      }
    } finally {
      tool.lab("down");
    }
    Path file = json;
    if (file != null) {
      Files.writeString(
          file,
          JSON.writerWithDefaultPrettyPrinter()
              .writeValueAsString(Map.of("machine", Machine.here(), "cells", results)));
    }
    return 0;
  }

  private CellResult measure(Cell cell, JsonNode status, Path folder) throws InterruptedException {
    tool.lab(
        "set",
        "--delay",
        Double.toString(cell.roundTripMs() / 2.0),
        "--loss",
        Double.toString(cell.lossPercent()));
    String name = "live/c" + cell.hops() + "-" + cell.roundTripMs() + "-" + Math.round(10 * cell.lossPercent()) + "-";
    String many = Integer.toString(cell.streams());
    Process publisher =
        tool.bench(
            folder.resolve("publish.log"),
            "publish",
            api(status, "r1") + "/" + name + "{n}/whip",
            "--count",
            many,
            "--bitrate",
            BITS / 1000 + "k",
            "--for",
            seconds + 20 + "s");
    try {
      TimeUnit.SECONDS.sleep(5);
      Path figures = folder.resolve("play.json");
      long before = crossed(JSON.readTree(tool.lab("status", "--json")));
      Process player =
          tool.bench(
              folder.resolve("play.log"),
              "play",
              api(status, cell.hops() == 1 ? "r2" : "r3") + "/" + name + "{n}/whep",
              "--count",
              many,
              "--streams",
              many,
              "--open",
              many,
              "--for",
              seconds + "s",
              "--json",
              figures.toString());
      long start = System.nanoTime();
      if (!player.waitFor(seconds + 40L, TimeUnit.SECONDS)) {
        player.destroyForcibly();
        throw new BenchException("players of " + cell + " did not end");
      }
      double lasted = (System.nanoTime() - start) / 1e9;
      long after = crossed(JSON.readTree(tool.lab("status", "--json")));
      JsonNode play = find(JSON.readTree(Files.readString(figures)));
      double published = lasted * cell.streams() * BITS / 8;
      return CellResult.of(cell, play, (after - before) / published);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      publisher.destroy();
      publisher.waitFor(10, TimeUnit.SECONDS);
    }
  }

  /** Bytes that left the publishers' region. */
  private static long crossed(JsonNode status) {
    long bytes = 0;
    for (JsonNode link : status.path("links")) {
      if (link.path("from").asString().equals("r1")) {
        bytes += link.path("bytes").asLong();
      }
    }
    return bytes;
  }

  private static JsonNode find(JsonNode record) {
    return record.has("latencyMs") ? record : record.path("play");
  }

  private static String api(JsonNode status, String region) {
    for (JsonNode each : status.path("regions")) {
      if (each.path("name").asString().equals(region)) {
        return each.path("nodes").path(0).path("urls").path("api").asString();
      }
    }
    throw new BenchException("there is no region " + region);
  }

  private static void print(CellResult result) {
    Cell cell = result.cell();
    System.out.printf(
        "%4dms %5.1f%% %8d %5d %10d %8d %10.3f %9.1f %9.1f %9.1f %8.2f%n",
        cell.roundTripMs(),
        cell.lossPercent(),
        cell.streams(),
        cell.hops(),
        result.received(),
        result.lost(),
        result.inTimePercent(),
        cell.barPercent(),
        result.p50Ms(),
        result.p99Ms(),
        result.crossedPerPublished());
  }
}
