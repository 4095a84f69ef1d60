package live.sluice.bench.compare;

import java.util.Locale;

/** What a turn of a comparison yields, in the order in which it is shown. */
enum Metric {
  GBPS("Gb/s", 3),
  CPU("CPU, % of a core", 1),
  CPU_OF_ONE("  with one client", 1),
  CPU_PER_GBPS("CPU % per Gb/s", 1),
  CPU_PER_GBPS_BEYOND("  beyond that with one client", 1),
  CPU_PER_CLIENT("CPU per client, % of a core", 4),
  CPU_PER_CLIENT_BEYOND("  beyond that with one client", 4),
  LOOP_LEAST("least loop's share of the loops, %", 1),
  LOOP_MOST("greatest loop's share, %", 1),
  RSS("memory (RSS), MB", 1),
  MEMORY_PER_PLAYER("memory per further client, kB", 1),
  LATENCY_P50("latency p50, ms", 1),
  LATENCY_P99("latency p99, ms", 1),
  JOIN_P50("join to the first packet p50, ms", 0),
  JOIN_P99("join to the first packet p99, ms", 0),
  JOIN_KEYFRAME_P50("join to the first keyframe p50, ms", 0),
  JOIN_KEYFRAME_P99("join to the first keyframe p99, ms", 0),
  REQUESTS("requests a second", 0),
  LOST("clients failed or cut off", 0),
  PACKETS_LOST("packets lost, %", 3),
  GCM("players that AES-GCM protects, %", 0),
  TRAINS("datagrams that left in trains (GSO), %", 1),
  SLOW_WITHOUT_KEYFRAME("slow players' resumptions without a keyframe", 0),
  CLIENT_CPU("CPU of the load itself, %", 0);

  private final String label;
  private final int decimals;

  Metric(String label, int decimals) {
    this.label = label;
    this.decimals = decimals;
  }

  String label() {
    return label;
  }

  /** As it stands in the JSON. */
  String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  String format(double value) {
    return String.format(Locale.ROOT, "%,." + decimals + "f", value);
  }
}
