package live.sluice.bench.compare;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import live.sluice.bench.BenchException;
import live.sluice.bench.compare.server.Waiting;
import live.sluice.bench.proc.Child;
import live.sluice.bench.proc.Self;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Publishers or players as a process of their own: this program once more, so that its CPU is not that of the server. */
public final class LoadProcess implements AutoCloseable {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Pattern SERVED = Pattern.compile(" [1-9][0-9]* clients ");

  private final String what;
  private final Child child;
  private final Path json;

  private LoadProcess(String what, Child child, Path json) {
    this.what = what;
    this.child = child;
    this.json = json;
  }

  /**
   * Starts it.
   *
   * @param what publish or play
   * @param arguments for that command, but {@code --json}
   */
  public static LoadProcess start(String what, List<String> arguments, Path scratch) {
    String name = what + '-' + System.nanoTime();
    Path json = scratch.resolve(name + ".json");
    List<String> all = new ArrayList<>(List.of(what));
    all.addAll(arguments);
    all.addAll(List.of("--json", json.toString()));
    List<String> command = Self.command(List.of("-Dsluice.terminal=false"), all);
    return new LoadProcess(what, Child.start("bench " + what, command, scratch.resolve(name + ".log"), Map.of()), json);
  }

  /** Waits until one of its clients at least is served; it says so each few seconds. */
  public void awaitClient(Duration limit) {
    Waiting.until(child, "is served", limit, () -> SERVED.matcher(child.output()).find());
  }

  /** Throws, with its last words, when it is over. */
  public void mustRun() {
    if (!child.isAlive()) {
      throw new BenchException("bench " + what + " ended too early:\n  " + child.lastWords());
    }
  }

  /** Waits for its end, and returns what it measured. */
  public JsonNode result(Duration limit) {
    int status = child.awaitExit(limit);
    try {
      return JSON.readTree(Files.readAllBytes(json));
    } catch (IOException | JacksonException e) {
      throw new BenchException(
          "bench " + what + " ended with status " + status + " and left no figures:\n  " + child.lastWords(), e);
    }
  }

  /** Ends it before its time, and returns what it measured until then. */
  public JsonNode stop(Duration limit) {
    child.terminate();
    return result(limit);
  }

  @Override
  public void close() {
    child.close();
  }
}
