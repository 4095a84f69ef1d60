package live.sluice.bench.compare;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import live.sluice.bench.BenchException;
import live.sluice.bench.Units;
import live.sluice.bench.compare.server.GivenServer;
import live.sluice.bench.compare.server.Protocol;
import live.sluice.bench.proc.ProcessSample;
import live.sluice.bench.proc.Scratch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs servers under the same load in turn, and tells what each took, as ratios. */
@Command(
    name = "compare",
    description = {
      "Runs servers under the same load in turn, for several rounds, and compares what they take.",
      "Each turn: one client, then all, as processes of their own; CPU and memory of the server are sampled from outside."
    },
    mixinStandardHelpOptions = true)
public final class CompareCommand implements Callable<Integer> {
  /** The names of the scenarios, for the help. */
  static final class Names extends ArrayList<String> {
    private static final long serialVersionUID = 1;

    Names() {
      super(Scenario.ALL.stream().map(Scenario::name).toList());
    }
  }

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--scenario",
      paramLabel = "NAME",
      completionCandidates = Names.class,
      description = "A comparison that has a name; other options differ from it: ${COMPLETION-CANDIDATES}.")
  private @Nullable String scenario;

  @Option(
      names = "--servers",
      split = ",",
      paramLabel = "KIND",
      description = "Which are started here: sluice, sluice-edge, nginx-rtmp, janus, floor; \"none\" for --server alone.")
  private @Nullable List<String> kinds;

  @Option(
      names = "--server",
      paramLabel = "NAME=URL,PID[,PUBLISH]",
      description = "One that runs already: where the stream is played, its process, and where it is published.")
  private List<String> given = List.of();

  @Option(names = "--baseline", paramLabel = "NAME", description = "What ratios are to; else the first server.")
  private @Nullable String baseline;

  @Option(
      names = "--load",
      paramLabel = "KIND",
      description = "flv, ws-flv, rtmp, hls, whep (players), or publish (publishers); else flv.")
  private @Nullable String load;

  @Option(
      names = {"--players", "--publishers"},
      paramLabel = "N",
      description = "How many clients; else 1000.")
  private @Nullable Integer clients;

  @Option(names = "--bitrate", paramLabel = "RATE", description = "Of each stream, such as 800k; else 1M.")
  private @Nullable String bitrate;

  @Option(names = "--latency", paramLabel = "PROFILE", description = "realtime, balanced or throughput; else balanced.")
  private @Nullable String latency;

  @Option(names = "--rounds", defaultValue = "5", description = "Turns of each server (${DEFAULT-VALUE}).")
  private int rounds;

  @Option(
      names = "--warmup",
      paramLabel = "TIME",
      defaultValue = "15s",
      description = "Load before the measurement (${DEFAULT-VALUE}).")
  private Duration warmup = Duration.ofSeconds(15);

  @Option(
      names = "--measure",
      paramLabel = "TIME",
      defaultValue = "60s",
      description = "How long is measured (${DEFAULT-VALUE}).")
  private Duration measure = Duration.ofSeconds(60);

  @Option(names = "--fresh", description = "Start each server anew for each turn.")
  private boolean fresh;

  @Option(
      names = "--sluice-config",
      paramLabel = "YAML",
      description = "Sluice's configuration. Else HLS is off unless it is the load, and limits are out of the way.")
  private @Nullable Path sluiceConfig;

  @Option(names = "--json", paramLabel = "FILE", description = "Where all raw figures go; written after each turn.")
  private @Nullable Path json;

  @Override
  public Integer call() {
    Progress progress = new Progress(System.err);
    Map<String, GivenServer> others = new LinkedHashMap<>();
    for (String text : given) {
      GivenServer server = GivenServer.parse(text);
      ProcessSample.of(server.pids());
      others.put(server.name(), server);
    }
    Plan plan = plan(others, progress);
    if (!PrivateNetwork.isInside() && plan.entrants().stream().anyMatch(one -> one.kind().equals(Roster.JANUS))) {
      return PrivateNetwork.run(spec.root().commandLine().getParseResult().originalArgs());
    }
    progress.line(plan.name() + ": " + plan.describe());
    Results results = new Results(plan, command());
    List<Turn> turns = new ArrayList<>();
    try (Scratch scratch = Scratch.create("sluice-compare");
        Roster roster = new Roster(plan, others, config(), scratch.directory(), progress)) {
      run(plan, roster, scratch.directory(), progress, turns, results);
    } finally {
      progress.clear();
    }
    System.out.print(SummaryText.of(plan, Summary.of(turns, plan.baseline())));
    return 0;
  }

  private void run(
      Plan plan, Roster roster, Path scratch, Progress progress, List<Turn> turns, Results results) {
    boolean nginx = plan.entrants().stream().anyMatch(entrant -> entrant.kind().equals(HlsTurns.CACHE));
    HlsTurns hls = nginx ? new HlsTurns(plan, roster, scratch, progress) : null;
    try {
      Turns takes = hls == null ? new MediaTurns(plan, roster, scratch, progress) : hls;
      for (int round = 1; round <= plan.rounds(); round++) {
        for (Entrant entrant : plan.entrants()) {
          progress.turn("round " + round + '/' + plan.rounds() + ", " + entrant.name());
          turns.add(takes.take(entrant, round));
          progress.line(brief(turns.getLast()));
          if (json != null) {
            results.write(json, turns);
          }
        }
      }
    } finally {
      if (hls != null) {
        hls.close();
      }
    }
  }

  private static String brief(Turn turn) {
    StringBuilder text = new StringBuilder("round " + turn.round() + ", " + turn.entrant() + ":");
    for (Metric metric : List.of(Metric.REQUESTS, Metric.GBPS, Metric.CPU, Metric.CPU_PER_GBPS, Metric.CPU_PER_CLIENT,
        Metric.LATENCY_P99)) {
      Double value = turn.figures().get(metric);
      if (value != null) {
        text.append("  ").append(metric.label()).append(' ').append(metric.format(value));
      }
    }
    Double lost = turn.figures().get(Metric.LOST);
    if (lost != null && lost > 0) {
      text.append("  ").append(Metric.LOST.label()).append(' ').append(Metric.LOST.format(lost));
    }
    return text.toString();
  }

  private Plan plan(Map<String, GivenServer> others, Progress progress) {
    Optional<Scenario> named = scenario == null ? Optional.empty() : Scenario.named(scenario);
    if (scenario != null && named.isEmpty()) {
      throw new BenchException("there is no scenario " + scenario + "; there are " + String.join(", ", new Names()));
    }
    Protocol chosen = load == null ? named.map(Scenario::load).orElse(Protocol.FLV) : protocol(load);
    List<Entrant> entrants = new ArrayList<>();
    for (Entrant entrant : entrants(named, chosen)) {
      Optional<String> missing =
          entrant.kind().equals(Roster.JANUS) && !others.isEmpty()
              ? Optional.of("Janus runs in a private network, where servers that run already can't be reached")
              : Roster.missing(entrant.kind());
      missing.ifPresent(why -> progress.line("Left out: " + why));
      if (missing.isEmpty()) {
        entrants.add(entrant);
      }
    }
    others.keySet().forEach(name -> entrants.add(Entrant.of(name)));
    String base = baseline == null && !entrants.isEmpty() ? entrants.getFirst().name() : baseline;
    if (base == null || entrants.stream().noneMatch(entrant -> entrant.name().equals(base))) {
      throw new BenchException(entrants.isEmpty() ? "there is no server to load" : "no server is called " + base);
    }
    String profile = latency == null ? named.map(Scenario::latency).orElse("balanced") : latency;
    if (!List.of("realtime", "balanced", "throughput").contains(profile)) {
      throw new BenchException("--latency is realtime, balanced or throughput, not " + profile);
    }
    int count = clients == null ? named.map(Scenario::clients).orElse(1000) : clients;
    if (rounds < 1 || count < 1 || measure.toMillis() < 1000) {
      throw new BenchException("a comparison has a round, a client and a second of measurement at least");
    }
    return new Plan(
        scenario == null ? "compare" : scenario,
        chosen,
        profile,
        count,
        bitrate == null ? named.map(Scenario::bitrate).orElse(1_000_000L) : (Long) Units.bitrate(bitrate),
        rounds,
        warmup,
        measure,
        fresh || named.map(Scenario::fresh).orElse(false),
        List.copyOf(entrants),
        base,
        named.map(Scenario::bars).orElse(List.of()));
  }

  private List<Entrant> entrants(Optional<Scenario> named, Protocol chosen) {
    if (kinds != null) {
      return kinds.stream().filter(kind -> !kind.equals("none")).map(Entrant::of).toList();
    }
    if (named.isPresent()) {
      return named.get().entrants();
    }
    return switch (chosen) {
      case FLV -> List.of(Entrant.of("floor"), Entrant.of("sluice"));
      case RTMP, PUBLISH -> List.of(Entrant.of("nginx-rtmp"), Entrant.of("sluice"));
      case WS_FLV, HLS, WHEP -> List.of(Entrant.of("sluice"));
    };
  }

  private static Protocol protocol(String text) {
    for (Protocol protocol : Protocol.values()) {
      if (protocol.label().equals(text)) {
        return protocol;
      }
    }
    throw new BenchException("--load is flv, ws-flv, rtmp, publish, hls or whep, not " + text);
  }

  private @Nullable Path config() {
    if (sluiceConfig != null && !Files.isReadable(sluiceConfig)) {
      throw new BenchException("cannot read --sluice-config " + sluiceConfig);
    }
    return sluiceConfig == null ? null : sluiceConfig.toAbsolutePath();
  }

  /** The command line, for the file of results. */
  private List<String> command() {
    String line = System.getProperty("sun.java.command", "");
    int first = line.indexOf(' ');
    return List.of("./sluice bench" + (first < 0 ? "" : line.substring(first)));
  }
}
