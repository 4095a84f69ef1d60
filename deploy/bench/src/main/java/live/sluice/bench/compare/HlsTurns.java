package live.sluice.bench.compare;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import live.sluice.bench.BenchException;
import live.sluice.bench.compare.server.NginxHls;
import live.sluice.bench.compare.server.SluiceOptions;
import live.sluice.bench.compare.server.SluiceServer;
import live.sluice.bench.proc.Child;
import live.sluice.bench.proc.ProcessSample;
import live.sluice.bench.proc.ProcessUse;
import live.sluice.bench.proc.Scratch;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Turns with HLS's requests as the load: NGINX as a cache before a node that has a live stream, against NGINX that serves
 * the same playlist and segments as files. All of it lies in memory. Within a round both serve the same segments.
 */
final class HlsTurns implements Turns, AutoCloseable {
  /** The entrants that it knows. */
  static final String CACHE = "nginx-cache";

  static final String FILES = "nginx-files";

  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final int WANTED_SEGMENTS = 5;

  private final Plan plan;
  private final Roster roster;
  private final Path scratch;
  private final Progress progress;
  private final Scratch memory;
  private final Path shipped;
  private @Nullable LoadProcess publisher;
  private @Nullable NginxHls cache;
  private @Nullable NginxHls files;
  private int listedRound;
  private List<String> paths = List.of();

  HlsTurns(Plan plan, Roster roster, Path scratch, Progress progress) {
    this.plan = plan;
    this.roster = roster;
    this.scratch = scratch;
    this.progress = progress;
    Wrk.program();
    shipped = SluiceOptions.builtDistribution().resolve("nginx");
    Path tmpfs = Path.of("/dev/shm");
    memory = Files.isWritable(tmpfs) ? Scratch.create(tmpfs, "sluice-bench") : Scratch.create("sluice-bench");
  }

  @Override
  public Turn take(Entrant entrant, int round) {
    NginxHls before = startCache();
    NginxHls served = entrant.name().equals(CACHE) ? before : startFiles();
    if (round != listedRound) {
      paths = HlsFiles.fetch(URI.create(before.url() + "/live/" + Arguments.STREAM + ".m3u8"), root());
      listedRound = round;
    }
    run(served, plan.warmup(), "warms up");
    try (Child wrk = wrk(served, plan.measure())) {
      ProcessSample first = ProcessSample.of(served.pid());
      progress.wait("is measured", plan.measure(), () -> {});
      ProcessUse use = ProcessSample.of(served.pid()).since(first);
      return turn(entrant, round, use, Wrk.result(wrk, LIMIT));
    }
  }

  private static Turn turn(Entrant entrant, int round, ProcessUse use, JsonNode found) {
    Map<Metric, Double> figures = new EnumMap<>(Metric.class);
    double seconds = found.path("seconds").asDouble();
    figures.put(Metric.REQUESTS, found.path("requests").asDouble() / seconds);
    figures.put(Metric.GBPS, found.path("bytes").asDouble() * 8 / seconds / 1e9);
    figures.put(Metric.CPU, use.cpuPercent());
    figures.put(Metric.RSS, use.memory().rss() / 1e6);
    figures.put(Metric.LATENCY_P50, found.path("p50Ms").asDouble());
    figures.put(Metric.LATENCY_P99, found.path("p99Ms").asDouble());
    figures.put(Metric.LOST, found.path("failed").asDouble());
    ObjectNode raw = JsonNodeFactory.instance.objectNode();
    raw.set("wrk", found);
    raw.put("seconds", use.seconds());
    raw.put("userSeconds", use.cpu().userNanos() / 1e9);
    raw.put("systemSeconds", use.cpu().systemNanos() / 1e9);
    return new Turn(round, entrant.name(), figures, raw);
  }

  private void run(NginxHls served, Duration length, String what) {
    try (Child wrk = wrk(served, length)) {
      progress.wait(what, length, () -> {});
      Wrk.result(wrk, LIMIT);
    }
  }

  private Child wrk(NginxHls served, Duration length) {
    return Wrk.start(served.url(), paths, plan.clients(), length, scratch);
  }

  private Path root() {
    return memory.directory().resolve("files");
  }

  private NginxHls startCache() {
    NginxHls running = cache;
    if (running != null) {
      return running;
    }
    SluiceServer sluice = (SluiceServer) roster.of(Entrant.of("sluice"));
    LoadProcess published = LoadProcess.start("publish", Arguments.publish(plan, sluice, 1), scratch);
    publisher = published;
    running = NginxHls.cache(shipped, sluice.http(), home("cache"));
    cache = running;
    progress.wait("segments gather", Duration.ofSeconds(2L * WANTED_SEGMENTS + 2), published::mustRun);
    return running;
  }

  private NginxHls startFiles() {
    NginxHls running = files;
    if (running == null) {
      running = NginxHls.files(shipped, root(), home("static"));
      files = running;
    }
    return running;
  }

  private Path home(String name) {
    try {
      return Files.createDirectories(memory.directory().resolve(name));
    } catch (IOException e) {
      throw new BenchException("cannot make a directory in " + memory.directory() + ": " + e.getMessage(), e);
    }
  }

  @Override
  public void close() {
    for (AutoCloseable running : new AutoCloseable[] {cache, files, publisher, memory}) {
      try {
        if (running != null) {
          running.close();
        }
      } catch (Exception e) {
        throw new BenchException("cannot end " + running + ": " + e.getMessage(), e);
      }
    }
  }
}
