package live.sluice.bench.load;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import live.sluice.bench.measure.GeneratorFigures;
import live.sluice.bench.measure.Latencies;
import live.sluice.bench.measure.PlaySample;
import live.sluice.bench.measure.SeriesPoint;
import live.sluice.bench.measure.ServerFigures;
import live.sluice.bench.proc.ProcessSample;
import live.sluice.bench.proc.ProcessUse;
import live.sluice.bench.proc.UdpDrops;
import org.jspecify.annotations.Nullable;

/**
 * Takes a sample a second of clients, server and generator, and says at the end what all of it cost. Used by the thread
 * that runs the load.
 */
final class Sampler {
  private static final double BUSY_PERCENT = 85;
  private static final double LAG_MS = 20;
  private static final long SELF = ProcessHandle.current().pid();

  private final LoadLoops loops;
  private final long pid;
  private final Supplier<PlaySample> clients;
  private final boolean packets;
  private final List<SeriesPoint> series = new ArrayList<>();
  private final long begun = System.nanoTime();

  private Costs last;
  private PlaySample lastSample = PlaySample.zero();
  private Costs start;
  private @Nullable Costs end;

  /** What was spent up to one moment. */
  private record Costs(
      long nanos, ProcessSample self, @Nullable ProcessSample server, long[] loopCpu, long udpDrops) {}

  /**
   * A sampler.
   *
   * @param packets whether the clients count packets
   */
  Sampler(LoadLoops loops, long pid, boolean packets, Supplier<PlaySample> clients) {
    this.loops = loops;
    this.packets = packets;
    this.pid = pid;
    this.clients = clients;
    this.last = costs();
    this.start = last;
  }

  private Costs costs() {
    long[] cpu = loops.all().stream().mapToLong(LoadLoop::cpuNanos).toArray();
    return new Costs(
        System.nanoTime(), ProcessSample.of(SELF), pid > 0 ? ProcessSample.of(pid) : null, cpu, UdpDrops.count());
  }

  /** The measurement begins: counters were set back to 0 just now. */
  void begin() {
    for (LoadLoop loop : loops.all()) {
      loop.call(
          () -> {
            loop.load().begin();
            return true;
          });
    }
    start = costs();
    last = start;
    lastSample = PlaySample.zero();
  }

  /** The measurement ends. */
  void end() {
    end = costs();
  }

  /** How long was measured. */
  double seconds() {
    Costs until = end;
    return ((until == null ? System.nanoTime() : until.nanos) - start.nanos) / 1e9;
  }

  SeriesPoint sample(boolean measured) {
    PlaySample now = clients.get();
    Costs spent = costs();
    double seconds = (spent.nanos - last.nanos) / 1e9;
    ProcessUse server = use(spent, last);
    Latencies latency = now.latency();
    boolean any = latency.any();
    SeriesPoint point =
        new SeriesPoint(
            Math.round((spent.nanos - begun) / 1e7) / 100.0,
            measured,
            now.playing(),
            now.failed() + now.disconnected(),
            (now.bytes() - lastSample.bytes()) * 8 / 1e6 / seconds,
            (now.frames() - lastSample.frames()) / seconds,
            now.stalls() - lastSample.stalls(),
            packets ? Long.valueOf(now.lost() - lastSample.lost()) : null,
            any ? latency.percentileMs(50) : null,
            any ? latency.percentileMs(99) : null,
            any ? latency.percentileMs(100) : null,
            server == null ? null : server.cpuPercent(),
            server == null ? null : server.memory().rss(),
            spent.self.since(last.self).cpuPercent(),
            busy(spent, last));
    last = spent;
    lastSample = now;
    series.add(point);
    return point;
  }

  private static @Nullable ProcessUse use(Costs now, Costs before) {
    ProcessSample server = now.server;
    return server == null || before.server == null ? null : server.since(before.server);
  }

  private static double busy(Costs now, Costs before) {
    double most = 0;
    for (int i = 0; i < now.loopCpu.length; i++) {
      most = Math.max(most, (now.loopCpu[i] - before.loopCpu[i]) * 100.0 / (now.nanos - before.nanos));
    }
    return most;
  }

  List<SeriesPoint> series() {
    return series;
  }

  private Costs ended() {
    Costs until = end;
    return until == null ? last : until;
  }

  @Nullable ServerFigures server(double megabitsPerSecond) {
    ProcessUse use = use(ended(), start);
    if (use == null) {
      return null;
    }
    double user = use.cpu().userNanos() / 1e7 / use.seconds();
    double system = use.cpu().systemNanos() / 1e7 / use.seconds();
    double perGbps = megabitsPerSecond > 0 ? use.cpuPercent() * 1000 / megabitsPerSecond : 0;
    return new ServerFigures(pid, use.cpuPercent(), user, system, perGbps, use.memory().rss());
  }

  GeneratorFigures generator() {
    ProcessUse use = ended().self.since(start.self);
    Latencies lags = new Latencies();
    for (LoadLoop loop : loops.all()) {
      lags.add(loop.call(() -> loop.load().lags()));
    }
    return new GeneratorFigures(
        SELF,
        use.cpuPercent(),
        busy(ended(), start),
        lags.any() ? lags.percentileMs(99) : 0,
        lags.any() ? lags.percentileMs(100) : 0,
        use.memory().rss());
  }

  /** What makes figures doubtful that were measured so. */
  List<String> warnings(GeneratorFigures figures) {
    List<String> warnings = new ArrayList<>();
    long drops = ended().udpDrops - start.udpDrops;
    if (packets && drops > 0) {
      warnings.add(
          drops + " datagrams were dropped on this machine since sockets were full: some of what was lost was lost by"
              + " whoever was late to read, and not by the network");
    }
    if (figures.loopBusyPercent() > BUSY_PERCENT) {
      warnings.add(
          String.format(
              Locale.ROOT,
              "the load generator, not the server, was the limit: its event loop was %.0f %% busy; use --threads, or"
                  + " several processes",
              figures.loopBusyPercent()));
    }
    if (figures.loopLagP99Ms() > LAG_MS) {
      warnings.add(
          String.format(
              Locale.ROOT,
              "the load generator came late to its work (99 %% within %.0f ms): the machine is too busy for the"
                  + " latencies to be the server's alone",
              figures.loopLagP99Ms()));
    }
    return warnings;
  }
}
