package live.sluice.bench.compare;

import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import live.sluice.bench.BenchException;
import live.sluice.bench.compare.server.Protocol;
import live.sluice.bench.compare.server.Server;
import live.sluice.bench.compare.server.Waiting;
import live.sluice.bench.proc.ProcessSample;
import live.sluice.bench.proc.ProcessUse;
import live.sluice.bench.proc.ThreadTime;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Turns with media as the load: all clients, then one. What a server spends on one is its own cost; what it spends beyond
 * is that of the clients. CPU with one comes last, since a JVM that was just started still compiles; memory with one comes
 * first, since a process does not give back what it once had.
 */
final class MediaTurns implements Turns {
  private static final Duration START_OF_LOAD = Duration.ofSeconds(1);
  private static final Duration PUBLISHER_LIMIT = Duration.ofSeconds(30);
  private static final Duration END_LIMIT = Duration.ofSeconds(60);

  private final Plan plan;
  private final Roster roster;
  private final Path scratch;
  private final Progress progress;

  MediaTurns(Plan plan, Roster roster, Path scratch, Progress progress) {
    this.plan = plan;
    this.roster = roster;
    this.scratch = scratch;
    this.progress = progress;
  }

  /** Some clients, measured. */
  private record Measured(ProcessUse use, @Nullable RtcSends sends, JsonNode clients) {}

  @Override
  public Turn take(Entrant entrant, int round) {
    boolean fresh = roster.isFresh(entrant);
    Server server = roster.of(entrant);
    try (LoadProcess publisher = publisher(server)) {
      Measured first = fresh ? load(server, entrant, publisher, 1, plan.baseWarmup(), plan.first()) : null;
      Measured all = load(server, entrant, publisher, plan.clients(), plan.warmup(), plan.measure());
      Measured one = load(server, entrant, publisher, 1, plan.baseWarmup(), plan.base());
      JsonNode published = publisher == null ? null : publisher.stop(END_LIMIT);
      return turn(server, entrant, round, first, all, one, published);
    } catch (BenchException e) {
      String words = server.lastWords();
      throw words.isEmpty() ? e : new BenchException(e.getMessage() + "\n" + server.name() + " says:\n  " + words, e);
    } finally {
      if (plan.fresh()) {
        roster.end(entrant);
      }
    }
  }

  private @Nullable LoadProcess publisher(Server server) {
    if (plan.load() == Protocol.PUBLISH || !server.wantsPublisher()) {
      return null;
    }
    LoadProcess publisher = LoadProcess.start("publish", Arguments.publish(plan, server, 1), scratch);
    try {
      progress.wait("a publisher comes", Duration.ofSeconds(2), publisher::mustRun);
      publisher.awaitClient(PUBLISHER_LIMIT);
      return publisher;
    } catch (BenchException e) {
      publisher.close();
      throw e;
    }
  }

  private Measured load(
      Server server, Entrant entrant, @Nullable LoadProcess publisher, int count, Duration warmup, Duration measure) {
    String who = String.format("%,d %s", count, count == 1 ? "client" : "clients");
    boolean publish = plan.load() == Protocol.PUBLISH;
    List<String> arguments =
        publish
            ? Arguments.publishFor(plan, server, count, warmup, measure)
            : Arguments.play(plan, server, count, warmup, measure);
    if (count > 1) {
      arguments.addAll(entrant.playArguments());
    }
    try (LoadProcess clients = LoadProcess.start(publish ? "publish" : "play", arguments, scratch)) {
      Runnable check =
          () -> {
            clients.mustRun();
            if (publisher != null) {
              publisher.mustRun();
            }
          };
      Duration ramp = count == 1 ? Duration.ZERO : plan.rampTime();
      progress.wait(who + ", warm-up", START_OF_LOAD.plus(ramp).plus(warmup), check);
      RtcSends sentBefore = RtcSends.of(Waiting.answer(server.metricsUrl()));
      ProcessSample first = ProcessSample.of(server.pids());
      progress.wait(who + ", measurement", measure, check);
      ProcessUse use = ProcessSample.of(server.pids()).since(first);
      RtcSends sent = RtcSends.of(Waiting.answer(server.metricsUrl()));
      JsonNode result = clients.result(END_LIMIT);
      if (gbps(result) <= 0) {
        throw new BenchException(who + " of " + entrant.name() + " moved nothing: " + of(result).path("reasons"));
      }
      return new Measured(use, sent == null || sentBefore == null ? null : sent.since(sentBefore), result);
    }
  }

  private Turn turn(
      Server server,
      Entrant entrant,
      int round,
      @Nullable Measured first,
      Measured all,
      Measured one,
      @Nullable JsonNode published) {
    Map<Metric, Double> figures = new EnumMap<>(Metric.class);
    double cpu = all.use.cpuPercent();
    double cpuOfOne = one.use.cpuPercent();
    double gbps = gbps(all.clients);
    double gbpsOfOne = gbps(one.clients);
    figures.put(Metric.GBPS, gbps);
    figures.put(Metric.CPU, cpu);
    figures.put(Metric.CPU_OF_ONE, cpuOfOne);
    if (gbps > 0) {
      figures.put(Metric.CPU_PER_GBPS, cpu / gbps);
    }
    if (gbps > gbpsOfOne) {
      figures.put(Metric.CPU_PER_GBPS_BEYOND, (cpu - cpuOfOne) / (gbps - gbpsOfOne));
    }
    if (plan.load() == Protocol.WHEP) {
      figures.put(Metric.CPU_PER_CLIENT, cpu / plan.clients());
      if (plan.clients() > 1) {
        figures.put(Metric.CPU_PER_CLIENT_BEYOND, (cpu - cpuOfOne) / (plan.clients() - 1));
      }
    }
    figures.put(Metric.RSS, all.use.memory().rss() / 1e6);
    if (first != null && plan.clients() > 1) {
      double more = all.use.memory().rss() - first.use.memory().rss();
      figures.put(Metric.MEMORY_PER_PLAYER, more / (plan.clients() - 1) / 1000);
    }
    LoopShares.of(all.use.threads()).ifPresent(shares -> {
      figures.put(Metric.LOOP_LEAST, shares.least());
      figures.put(Metric.LOOP_MOST, shares.most());
    });
    JsonNode clients = of(all.clients);
    JsonNode latency = clients.path("latencyMs");
    if (latency.path("count").asLong(0) > 0) {
      figures.put(Metric.LATENCY_P50, latency.path("p50").asDouble());
      figures.put(Metric.LATENCY_P99, latency.path("p99").asDouble());
    }
    figures.put(Metric.LOST, lost(clients));
    JsonNode packets = clients.path("packets");
    if (packets.isObject()) {
      figures.put(Metric.PACKETS_LOST, packets.path("lostPercent").asDouble(0));
      figures.put(Metric.GCM, packets.path("gcm").asDouble(0) * 100 / plan.clients());
      join(figures, clients.path("joinMs"), Metric.JOIN_P50, Metric.JOIN_P99);
      join(figures, clients.path("joinKeyframeMs"), Metric.JOIN_KEYFRAME_P50, Metric.JOIN_KEYFRAME_P99);
    }
    RtcSends sends = all.sends;
    if (sends != null && sends.datagrams() > 0) {
      figures.put(Metric.TRAINS, sends.percentInTrains());
    }
    if (clients.path("slow").isObject()) {
      figures.put(
          Metric.SLOW_WITHOUT_KEYFRAME, clients.path("slow").path("resumedAtKeyframe").asBoolean(false) ? 0.0 : 1.0);
    }
    figures.put(Metric.CLIENT_CPU, all.clients.path("generator").path("cpuPercent").asDouble(0));

    ObjectNode raw = JsonNodeFactory.instance.objectNode();
    raw.put("server", server.about());
    if (first != null) {
      raw.set("first", raw(first));
    }
    raw.set("all", raw(all));
    raw.set("one", raw(one));
    if (published != null) {
      raw.set("publisher", published);
    }
    return new Turn(round, entrant.name(), figures, raw);
  }

  private static void join(Map<Metric, Double> figures, JsonNode times, Metric p50, Metric p99) {
    if (times.path("count").asLong(0) > 0) {
      figures.put(p50, times.path("p50").asDouble());
      figures.put(p99, times.path("p99").asDouble());
    }
  }

  private static JsonNode of(JsonNode clients) {
    return clients.path("play").isObject() ? clients.path("play") : clients.path("publish");
  }

  /** Clients that got nothing or were cut off. */
  private static double lost(JsonNode clients) {
    double silent = clients.path("players").asDouble(0) - clients.path("played").asDouble(0);
    double refused = clients.path("publishers").asDouble(0) - clients.path("published").asDouble(0);
    return silent + refused + clients.path("disconnected").asDouble(0);
  }

  private static double gbps(JsonNode clients) {
    return of(clients).path("megabitsPerSecond").asDouble(0) / 1000;
  }

  private static ObjectNode raw(Measured measured) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("seconds", measured.use.seconds());
    node.put("userSeconds", measured.use.cpu().userNanos() / 1e9);
    node.put("systemSeconds", measured.use.cpu().systemNanos() / 1e9);
    node.put("rssBytes", measured.use.memory().rss());
    node.put("pssBytes", measured.use.memory().pss());
    ObjectNode threads = node.putObject("threadSeconds");
    for (ThreadTime thread : measured.use.threads()) {
      if (thread.cpu().totalNanos() > 0) {
        threads.put(thread.name() + '/' + thread.id(), thread.cpu().totalSeconds());
      }
    }
    RtcSends sends = measured.sends;
    if (sends != null) {
      ObjectNode sent = node.putObject("sends");
      sent.put("datagrams", sends.datagrams());
      sent.put("calls", sends.sends());
      sent.put("trains", sends.trains());
    }
    node.set("clients", measured.clients);
    return node;
  }
}
