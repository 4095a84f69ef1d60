package live.sluice.bench.compare;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import live.sluice.bench.BenchException;
import live.sluice.bench.proc.Child;
import live.sluice.bench.proc.Programs;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Runs wrk: the playlist and a segment in turn, as fast as they come. */
final class Wrk {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String MARK = "RESULT ";

  private Wrk() {}

  /** The program. */
  static Path program() {
    return Programs.find("wrk")
        .orElseThrow(() -> new BenchException("wrk is not installed; as root: apt-get install -y wrk"));
  }

  /** Starts it. */
  static Child start(String url, List<String> paths, int connections, Duration length, Path scratch) {
    Path script = scratch.resolve("wrk.lua");
    try {
      Files.writeString(script, script(paths));
    } catch (IOException e) {
      throw new BenchException("cannot write " + script + ": " + e.getMessage(), e);
    }
    List<String> command =
        List.of(
            program().toString(),
            "-t1",
            "-c" + connections,
            "-d" + Math.max(1, length.toSeconds()) + "s",
            "-s",
            script.toString(),
            url);
    return Child.start("wrk", command, scratch.resolve("wrk-" + System.nanoTime() + ".log"), Map.of());
  }

  private static String script(List<String> paths) {
    String playlist = '"' + paths.getFirst() + '"';
    String list =
        paths.stream()
            .skip(1)
            .map(segment -> playlist + ", \"" + segment + '"')
            .collect(Collectors.joining(", "));
    return """
        local paths = { %s }
        local at = 0
        function request()
          at = at %% #paths + 1
          return wrk.format("GET", paths[at])
        end
        function done(summary, latency)
          local e = summary.errors
          io.write(string.format('%s{"requests":%%d,"seconds":%%f,"bytes":%%d,"failed":%%d,"p50Ms":%%f,"p99Ms":%%f}\\n',
            summary.requests, summary.duration / 1e6, summary.bytes, e.connect + e.read + e.write + e.status + e.timeout,
            latency:percentile(50) / 1e3, latency:percentile(99) / 1e3))
        end
        """
        .formatted(list, MARK);
  }

  /** What it found, once it is over. */
  static JsonNode result(Child wrk, Duration limit) {
    wrk.awaitExit(limit);
    return wrk.output()
        .lines()
        .filter(line -> line.startsWith(MARK))
        .findFirst()
        .map(line -> JSON.readTree(line.substring(MARK.length())))
        .orElseThrow(() -> new BenchException("wrk found nothing:\n  " + wrk.lastWords()));
  }
}
