package live.sluice.bench.cascade;

import tools.jackson.databind.JsonNode;

/**
 * Packets of pictures, or of sound, of a cell.
 *
 * @param expected that should have come
 * @param received that came, be it late
 * @param inTime that came in time
 * @param unseen of the expected ones those whose numbers no player ever learned of, as where a stream stood still
 * @param p50Ms from the publisher's clock to the player, of those that came
 */
record Share(
    long expected, long received, long inTime, long unseen, double p50Ms, double p99Ms, double p999Ms, double maxMs) {
  /** Ends of a window fall between packets: so much less than what was published is no loss. */
  private static final double TOLERANCE = 0.01;

  /**
   * By what the load generator counted.
   *
   * @param published what publishers sent in the same time
   */
  static Share of(JsonNode packets, double published) {
    long numbered = packets.path("expected").asLong();
    long unseen = numbered < published * (1 - TOLERANCE) ? Math.round(published) - numbered : 0;
    JsonNode latency = packets.path("latencyMs");
    return new Share(
        numbered + unseen,
        packets.path("received").asLong(),
        packets.path("inTime").asLong(),
        unseen,
        latency.path("p50").asDouble(),
        latency.path("p99").asDouble(),
        latency.path("p999").asDouble(),
        latency.path("max").asDouble());
  }

  /** Those that came in time, in percent. */
  double percent() {
    return expected == 0 ? 0 : 100.0 * inTime / expected;
  }
}
