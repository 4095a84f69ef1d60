package live.sluice.systemtest.kit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The load generator, {@code ./sluice bench}, as a process. */
public final class Bench {
  private static final AtomicInteger NUMBER = new AtomicInteger();
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private final Proc proc;
  private final Path json;

  private Bench(Proc proc, Path json) {
    this.proc = proc;
    this.json = json;
  }

  /** Starts a command of it, which writes its figures to a file; it ends with {@code lab}'s current scope. */
  public static Bench start(Lab lab, String... arguments) {
    String name = "bench-" + arguments[0] + "-" + NUMBER.incrementAndGet();
    Path json = lab.file(name + ".json");
    List<String> command = new ArrayList<>(List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx256m", "-XX:+UseSerialGC",
        "--sun-misc-unsafe-memory-access=allow", "--enable-native-access=ALL-UNNAMED",
        "-cp", System.getProperty("java.class.path"), "live.sluice.bench.Main"));
    command.addAll(List.of(arguments));
    command.addAll(List.of("--json", json.toString()));
    return new Bench(lab.keep(Proc.start(name, lab.file(name + ".log"), command, Map.of())), json);
  }

  /** Waits for its end; its exit status. */
  public int awaitExit() {
    return awaitExit(LIMIT);
  }

  /** Waits for its end, for {@code limit} at most; its exit status. */
  public int awaitExit(Duration limit) {
    return proc.awaitExit(limit);
  }

  /** Asks it to end now, as Ctrl-C does. */
  public void stop() {
    proc.terminate();
  }

  /** What it said. */
  public String output() {
    return proc.output();
  }

  /** The figures of one that has ended. */
  public JsonNode figures() {
    try {
      return new JsonMapper().readTree(Files.readString(json));
    } catch (IOException e) {
      throw new UncheckedIOException(output(), e);
    }
  }
}
