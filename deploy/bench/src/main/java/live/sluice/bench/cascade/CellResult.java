package live.sluice.bench.cascade;

import tools.jackson.databind.JsonNode;

/**
 * What came of a cell.
 *
 * @param received packets at the players
 * @param lost packets that never came to them
 * @param inTimePercent of all packets, those that were lost among them: delivered within the cell's bound
 * @param p50Ms from publisher to player, the propagation delay among it
 * @param crossedPerPublished bytes on the way between regions for each one that was published
 * @param stalls of players
 */
record CellResult(
    Cell cell,
    long received,
    long lost,
    double inTimePercent,
    double p50Ms,
    double p99Ms,
    double crossedPerPublished,
    long stalls) {

  /** By what the load generator wrote of the players. */
  static CellResult of(Cell cell, JsonNode play, double crossedPerPublished) {
    JsonNode packets = play.path("packets");
    JsonNode latency = play.path("latencyMs");
    long received = packets.path("received").asLong();
    // What was only overtaken by repairs on the way has come all the same.
    long lost = Math.max(0, packets.path("lost").asLong() - packets.path("recovered").asLong());
    double bound = cell.propagationMs() + cell.boundMs();
    double delivered = received + lost == 0 ? 0 : 100.0 * received / (received + lost);
    return new CellResult(
        cell,
        received,
        lost,
        delivered * shareWithin(latency, bound),
        latency.path("p50").asDouble(),
        latency.path("p99").asDouble(),
        crossedPerPublished,
        play.path("stalls").path("count").asLong());
  }

  /** The share of pictures whose last packet came within that time, by the curve, which is dense towards its end. */
  private static double shareWithin(JsonNode latency, double boundMs) {
    double share = 0;
    for (JsonNode point : latency.path("percentiles")) {
      if (point.path(1).asDouble() <= boundMs) {
        share = point.path(0).asDouble() / 100;
      }
    }
    return share;
  }
}
