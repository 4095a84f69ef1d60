package live.sluice.bench.cascade;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import live.sluice.bench.BenchException;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Three regions by {@code ./sluice lab}, which end with this, or with the JVM, however that ends. For one thread. */
final class Laboratory implements AutoCloseable {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final long UP_SECONDS = 300;
  private static final long LIMIT_SECONDS = 60;
  private static final long PATIENCE_SECONDS = 20;

  /**
   * A node of it.
   *
   * @param api where its API is
   */
  record Node(String name, String region, String api, long pid) {}

  private final String name;
  private final Thread hook = new Thread(this::down, "lab-down");
  private volatile @Nullable Process running;
  private volatile boolean closed;

  private Laboratory(String name) {
    this.name = name;
  }

  /**
   * Makes one.
   *
   * @param name which nobody else on this machine has
   * @param over what streams cross by: {@code quic} or {@code tcp}
   */
  static Laboratory up(String name, String over, int rateMbps) {
    Laboratory made = new Laboratory(name);
    Runtime.getRuntime().addShutdownHook(made.hook);
    try {
      made.run(
          "up", "--regions", "3", "--nodes", "1", "--delay", "25", "--rate", Integer.toString(rateMbps),
          "--set", "hop.streams=" + over, "--detach");
    } catch (BenchException e) {
      made.close();
      throw e;
    }
    return made;
  }

  /** Whether it is gone, or about to. */
  boolean isClosed() {
    return closed;
  }

  /** What the ways between regions are like from now on. */
  void set(Cell cell) {
    run("set", "--delay", Double.toString(cell.roundTripMs() / 2.0), "--loss", Double.toString(cell.lossPercent()));
  }

  /** Lets the first and the third region reach each other, or only through the second. */
  void cut(boolean cut) {
    if (cut) {
      run("cut", "r1", "r3");
    } else {
      run("heal");
    }
  }

  /** Its nodes, by their region. */
  Map<String, Node> nodes() {
    Map<String, Node> nodes = new LinkedHashMap<>();
    for (JsonNode region : status().path("regions")) {
      JsonNode node = region.path("nodes").path(0);
      String at = region.path("name").asString();
      nodes.put(
          at,
          new Node(
              node.path("name").asString(), at, node.path("urls").path("api").asString(), node.path("pid").asLong()));
    }
    return nodes;
  }

  /** Bytes that have left the first region. */
  long left() {
    long bytes = 0;
    for (JsonNode link : status().path("links")) {
      if (link.path("from").asString().equals("r1")) {
        bytes += link.path("bytes").asLong();
      }
    }
    return bytes;
  }

  /** A node that is too busy may not answer at all: then it is asked once more. */
  private JsonNode status() {
    try {
      return JSON.readTree(run("status", "--json"));
    } catch (BenchException e) {
      return JSON.readTree(run("status", "--json"));
    }
  }

  private String run(String command, String... arguments) {
    if (closed) {
      throw new BenchException("the laboratory is gone");
    }
    try {
      Path said = Files.createTempFile("sluice-lab", ".out");
      try {
        return run(command, arguments, said);
      } finally {
        running = null;
        Files.deleteIfExists(said);
      }
    } catch (IOException e) {
      throw new BenchException("can't run ./sluice lab " + command + ": " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BenchException("interrupted", e);
    }
  }

  private String run(String command, String[] arguments, Path said) throws IOException, InterruptedException {
    Process process = start(said, command, arguments);
    running = process;
    boolean ended = process.waitFor(command.equals("up") ? UP_SECONDS : LIMIT_SECONDS, TimeUnit.SECONDS);
    String output = Files.readString(said);
    if (!ended) {
      process.destroy();
      throw new BenchException("./sluice lab " + command + " did not end:\n" + output);
    }
    if (process.exitValue() != 0 && !command.equals("status")) {
      throw new BenchException("./sluice lab " + command + " failed:\n" + output);
    }
    return output;
  }

  private Process start(Path said, String command, String... arguments) throws IOException {
    List<String> all = new ArrayList<>();
    all.add(Path.of(System.getProperty("sluice.checkout", "."), "sluice").toString());
    all.addAll(List.of("lab", command, "--name", name));
    all.addAll(List.of(arguments));
    return new ProcessBuilder(all).redirectErrorStream(true).redirectOutput(said.toFile()).start();
  }

  /** Ends it, once. What is just being done to it ends first: a laboratory that is half made ends itself. */
  private synchronized void down() {
    if (closed) {
      return;
    }
    closed = true;
    try {
      Process busy = running;
      if (busy != null) {
        busy.destroy();
        busy.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
      }
      Process process = start(Path.of("/dev/null"), "down");
      process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS);
    } catch (IOException e) {
      System.err.println("sluice bench: ./sluice lab down --name " + name + " ends what is left: " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    down();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException atTheEndOfTheJvm) {
      // Then the hook finds nothing to do.
    }
  }
}
