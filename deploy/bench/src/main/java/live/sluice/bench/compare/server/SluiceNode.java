package live.sluice.bench.compare.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import live.sluice.bench.BenchException;
import live.sluice.bench.proc.Child;
import org.jspecify.annotations.Nullable;

/** One process of Sluice from the distribution, on free loopback ports. */
final class SluiceNode implements AutoCloseable {
  private static final Duration START_LIMIT = Duration.ofSeconds(60);

  final int rtmp = FreePorts.next();
  final int http = FreePorts.next();
  final int member = FreePorts.next();
  final int client = FreePorts.next();
  final int api = FreePorts.next();
  private final Child child;

  /**
   * Starts it and waits until it is ready.
   *
   * @param kind origin or edge
   * @param clustered whether others can join it; else it is alone, and opens no port for them
   * @param origin the one whose cluster it joins; null: there is none yet
   * @param settings further keys with their values
   */
  SluiceNode(
      String kind,
      String name,
      SluiceOptions options,
      boolean clustered,
      @Nullable SluiceNode origin,
      List<String> settings) {
    List<String> command = new ArrayList<>();
    command.add(options.distribution().resolve("bin/sluice-" + kind).toString());
    command.add("--config");
    command.add(config(name, options).toString());
    List<String> all =
        new ArrayList<>(
            List.of(
                "node.name=" + name,
                "node.host=127.0.0.1",
                "rtmp.listen=127.0.0.1",
                "rtmp.port=" + rtmp,
                "http.listen=127.0.0.1",
                "http.port=" + http,
                "api.listen=127.0.0.1",
                "api.port=" + api,
                "rtc.listen=127.0.0.1",
                "rtc.port=0",
                "hop.port=0",
                "cluster.name=bench-" + (origin == null ? rtmp : origin.rtmp),
                "cluster.listen=127.0.0.1",
                "cluster.member-port=" + member,
                "cluster.client-port=" + client));
    if (clustered) {
      all.add("cluster.members=127.0.0.1:" + (origin == null ? member : origin.client));
    }
    all.addAll(settings);
    for (String setting : all) {
      command.add("--set");
      command.add(setting);
    }
    Path log = options.scratch().resolve(name + ".log");
    // The Java that runs this runs it too, so that all results have one.
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    String heap = options.wholeHeap() ? "-XX:+AlwaysPreTouch" : "";
    child = Child.start(name, command, log, Map.of("SLUICE_JAVA", java, "JAVA_OPTS", heap));
    // A node is ready without the directory too, but then does not know what others have.
    String ready = "http://127.0.0.1:" + api + "/health/ready";
    try {
      Waiting.until(child, "is ready", START_LIMIT, () -> Waiting.answer(ready).contains("\"directory\":\"ok\""));
    } catch (BenchException e) {
      child.close();
      throw e;
    }
  }

  /** The user's file, or one that leaves out what the load does not ask for. */
  private static Path config(String name, SluiceOptions options) {
    Path given = options.config();
    if (given != null) {
      return given;
    }
    Path file = options.scratch().resolve(name + ".yaml");
    String text =
        """
        node: { drain-deadline: 0s }
        log: { format: text }
        limits: { sessions: 100000, sessions-per-address: 100000 }
        hls: { enabled: %s }
        """
            .formatted(options.hls());
    try {
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new BenchException("cannot write " + file + ": " + e.getMessage(), e);
    }
    return file;
  }

  Child child() {
    return child;
  }

  static @Nullable String version(Path distribution) {
    return distribution.getFileName() == null ? null : String.valueOf(distribution.getFileName());
  }

  @Override
  public void close() {
    child.close();
  }
}
