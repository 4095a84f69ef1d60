package live.sluice.bench.compare;

import static live.sluice.bench.compare.Metric.CPU;
import static live.sluice.bench.compare.Metric.CPU_PER_CLIENT;
import static live.sluice.bench.compare.Metric.CPU_PER_GBPS;
import static live.sluice.bench.compare.Metric.CPU_PER_GBPS_BEYOND;
import static live.sluice.bench.compare.Metric.LATENCY_P99;
import static live.sluice.bench.compare.Metric.LOOP_LEAST;
import static live.sluice.bench.compare.Metric.LOOP_MOST;
import static live.sluice.bench.compare.Metric.LOST;
import static live.sluice.bench.compare.Metric.MEMORY_PER_PLAYER;
import static live.sluice.bench.compare.Metric.REQUESTS;
import static live.sluice.bench.compare.Metric.SLOW_WITHOUT_KEYFRAME;
import static live.sluice.bench.compare.server.Protocol.FLV;
import static live.sluice.bench.compare.server.Protocol.HLS;
import static live.sluice.bench.compare.server.Protocol.PUBLISH;
import static live.sluice.bench.compare.server.Protocol.RTMP;
import static live.sluice.bench.compare.server.Protocol.WHEP;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import live.sluice.bench.compare.server.Protocol;

/**
 * A comparison that has a name: there is one for each thing that Sluice promises of its speed.
 *
 * @param name as it is written on the command line
 * @param load what kind of clients
 * @param clients how many players, or publishers
 * @param bitrate of each stream in bits a second
 * @param latency realtime, balanced or throughput
 * @param fresh whether each turn has a server that was just started
 * @param entrants who takes part; the first is the baseline
 * @param bars what is to be reached
 */
record Scenario(
    String name,
    Protocol load,
    int clients,
    long bitrate,
    String latency,
    boolean fresh,
    List<Entrant> entrants,
    List<Bar> bars) {
  private static final long MEGABIT = 1_000_000;
  private static final List<String> OPEN_100 = List.of("--open", "100");

  /** All of them. */
  static final List<Scenario> ALL =
      List.of(
          of("flv-1000-350", FLV, 1000, "throughput", "floor", "sluice").bar(atMost(CPU_PER_GBPS_BEYOND, 1.5)),
          of("flv-2000-350", FLV, 2000, "throughput", "floor", "sluice").bar(atMost(CPU_PER_GBPS_BEYOND, 1.5)),
          of("flv-1000-0", FLV, 1000, "realtime", "floor", "sluice").bar(atMost(CPU_PER_GBPS_BEYOND, 1.35)),
          of("flv-2000-0", FLV, 2000, "realtime", "floor", "sluice").bar(atMost(CPU_PER_GBPS_BEYOND, 1.35)),
          of("node-cpu", FLV, 1000, "throughput", "sluice").bar(Bar.atMost(CPU, "sluice", 8)),
          of("rtmp-350", RTMP, 1000, "throughput", "nginx-rtmp", "sluice").bar(atMost(CPU, 0.5)),
          of("rtmp-100", RTMP, 1000, "balanced", "nginx-rtmp", "sluice").bar(atMost(CPU, 0.8)),
          of("publish-500", PUBLISH, 500, "balanced", "nginx-rtmp", "sluice").bar(atMost(CPU, 1.2)),
          // A stream that is little more than its sound, and in each turn a server that was just started.
          of("memory", FLV, 1000, "balanced", "sluice")
              .slender(160_000)
              .startedAnew()
              .bar(Bar.atMost(MEMORY_PER_PLAYER, "sluice", 20)),
          of("latency-origin", FLV, 1000, "realtime", "sluice").bar(Bar.atMost(LATENCY_P99, "sluice", 20)),
          of("latency-edge", FLV, 1000, "realtime", "sluice-edge").bar(Bar.atMost(LATENCY_P99, "sluice-edge", 35)),
          of("loops-4000", FLV, 4000, "throughput")
              .slender(500_000)
              .entrant(new Entrant("one-loop", "sluice", List.of("node.event-loops=1"), List.of()))
              .entrant(new Entrant("two-loops", "sluice", List.of("node.event-loops=2"), List.of()))
              .bar(Bar.atLeast(LOOP_LEAST, "two-loops", 45))
              .bar(Bar.atMost(LOOP_MOST, "two-loops", 55))
              .bar(Bar.ratioAtMost(CPU_PER_GBPS, "two-loops", 1.15)),
          // A tenth of the players stops reading for 20 s: what do the others see of it?
          of("slow-readers", FLV, 1000, "balanced")
              .entrant(new Entrant("all-read", "sluice", List.of(), List.of()))
              .entrant(new Entrant("some-stop", "sluice", List.of(), List.of("--slow", "100", "--stop-reading", "20s")))
              .bar(Bar.ratioAtMost(LATENCY_P99, "some-stop", 1.1))
              .bar(Bar.atMost(SLOW_WITHOUT_KEYFRAME, "some-stop", 0))
              .bar(Bar.atMost(LOST, "some-stop", 0)),
          // A hundred of the players open all packets, and have latencies; of the others headers are enough.
          of("whep-200", WHEP, 200, "realtime")
              .entrant(new Entrant("janus", "janus", List.of(), OPEN_100))
              .entrant(new Entrant("sluice", "sluice", List.of(), OPEN_100))
              .bar(Bar.atMost(CPU_PER_CLIENT, "sluice", 0.05))
              .bar(Bar.atMost(LOST, "sluice", 0)),
          of("whep-500", WHEP, 500, "realtime")
              .entrant(new Entrant("janus", "janus", List.of(), OPEN_100))
              .entrant(new Entrant("sluice", "sluice", List.of(), OPEN_100))
              .bar(Bar.atMost(CPU_PER_CLIENT, "sluice", 0.05))
              .bar(Bar.atMost(LOST, "sluice", 0)),
          of("whep-latency-100", WHEP, 100, "realtime", "janus", "sluice").bar(Bar.atMost(LATENCY_P99, "sluice", 5)),
          // Requests by wrk: the clients are its connections.
          of("hls-nginx", HLS, 200, "balanced", "nginx-files", "nginx-cache")
              .bar(Bar.ratioAtLeast(REQUESTS, "nginx-cache", 0.9)));

  /** The one of that name. */
  static Optional<Scenario> named(String name) {
    return ALL.stream().filter(scenario -> scenario.name.equals(name)).findFirst();
  }

  private static Scenario of(String name, Protocol load, int clients, String latency, String... kinds) {
    List<Entrant> entrants = List.of(kinds).stream().map(Entrant::of).toList();
    return new Scenario(name, load, clients, MEGABIT, latency, false, entrants, List.of());
  }

  private static Bar atMost(Metric metric, double ratio) {
    return Bar.ratioAtMost(metric, "sluice", ratio);
  }

  private Scenario bar(Bar bar) {
    return new Scenario(name, load, clients, bitrate, latency, fresh, entrants, plus(bars, bar));
  }

  private Scenario entrant(Entrant entrant) {
    return new Scenario(name, load, clients, bitrate, latency, fresh, plus(entrants, entrant), bars);
  }

  private Scenario slender(long bits) {
    return new Scenario(name, load, clients, bits, latency, fresh, entrants, bars);
  }

  private Scenario startedAnew() {
    return new Scenario(name, load, clients, bitrate, latency, true, entrants, bars);
  }

  private static <T> List<T> plus(List<T> list, T one) {
    return Stream.concat(list.stream(), Stream.of(one)).toList();
  }
}
