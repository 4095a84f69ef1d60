package live.sluice.systemtest.kit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Regions on this machine with long ways between them: {@code ./sluice lab} under a name of its own. */
public final class Laboratory implements AutoCloseable {

  private static final Duration LIMIT = Duration.ofSeconds(150);

  private final Lab lab;
  private final String name =
      "it" + Integer.toString(ThreadLocalRandom.current().nextInt(36 * 36, 36 * 36 * 36), 36);
  private final JsonNode regions;

  /** Makes one by {@code up} with these options, and waits until all its nodes are ready. */
  public Laboratory(Lab lab, String... options) {
    this.lab = lab;
    lab.keep(this);
    run("up", with(List.of(options), "--detach"));
    regions = status().path("regions");
  }

  private static String[] with(List<String> options, String further) {
    List<String> all = new ArrayList<>(options);
    all.add(further);
    return all.toArray(String[]::new);
  }

  /** Runs a command of it, such as {@code cut r1 r2}, which has to succeed, and returns what it said. */
  public String run(String command, String... arguments) {
    List<String> all = new ArrayList<>(List.of("lab", command, "--name", name));
    all.addAll(List.of(arguments));
    Proc proc = Launcher.start(lab, all.toArray(String[]::new));
    assertThat(proc.awaitExit(LIMIT)).as(proc.output()).isZero();
    return proc.output();
  }

  /** What {@code status --json} tells. */
  public JsonNode status() {
    Proc proc = Launcher.start(lab, "lab", "status", "--json", "--name", name);
    proc.awaitExit(LIMIT);
    return new JsonMapper().readTree(proc.output());
  }

  /** The way from one region to another, as {@code status} has it. */
  public static JsonNode way(JsonNode status, String from, String to) {
    for (JsonNode link : status.path("links")) {
      if (link.path("from").asString().equals(from) && link.path("to").asString().equals(to)) {
        return link;
      }
    }
    throw new AssertionError("no way from " + from + " to " + to);
  }

  /** A URL of a node, such as its {@code http}, and a path under it. */
  public URI url(String node, String protocol, String path) {
    for (JsonNode region : regions) {
      for (JsonNode found : region.path("nodes")) {
        if (found.path("name").asString().equals(node)) {
          return URI.create(found.path("urls").path(protocol).asString() + path);
        }
      }
    }
    throw new AssertionError("no node " + node);
  }

  /** GET of a path of a node's API. */
  public JsonNode api(String node, String path) {
    try {
      return new JsonMapper().readTree(HttpConnection.once(url(node, "api", path), Duration.ofSeconds(5)).text());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The API of a node. */
  public Api api(String node) {
    return new Api(node, url(node, "api", "/"));
  }

  /** The names of all nodes. */
  public List<String> nodes() {
    List<String> names = new ArrayList<>();
    for (JsonNode region : regions) {
      region.path("nodes").forEach(node -> names.add(node.path("name").asString()));
    }
    return names;
  }

  /** The process of a node, as it is now. */
  public long pid(String node) {
    return Long.parseLong(run("pid", node).strip());
  }

  /** Starts a program in a region; it ends with the current scope of the test class. */
  public Proc exec(String region, List<String> command) {
    // The script's own command: it takes the place of the script.
    List<String> all = new ArrayList<>(List.of(Lab.repository().resolve("sluice").toString(), "lab", "exec", "--name", name,
        region, "--"));
    all.addAll(command);
    return lab.keep(Proc.start(command.getFirst(), lab.file("exec.log"), all, Map.of()));
  }

  @Override
  public void close() {
    run("down");
  }
}
