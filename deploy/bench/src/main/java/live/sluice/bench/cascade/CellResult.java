package live.sluice.bench.cascade;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What came of a cell.
 *
 * @param measured when (ISO 8601)
 * @param failure why there are no figures; null where there are
 * @param seconds that count
 * @param crossed bytes between regions for each one that was published
 * @param stalls of players
 * @param keyframeRequests of players
 * @param cpuPercent of each node, of one core
 * @param loadCpuPercent of the publishers and of the players, of one core
 * @param loadAverage of the machine, at the end
 * @param warnings of the load generator
 */
record CellResult(
    Cell cell,
    String measured,
    @Nullable String failure,
    double seconds,
    Share pictures,
    Share sound,
    double crossed,
    long stalls,
    long keyframeRequests,
    List<HopFigures> links,
    Map<String, Double> cpuPercent,
    double loadCpuPercent,
    double loadAverage,
    List<String> warnings) {
  private static final Share NOTHING = new Share(0, 0, 0, 0, 0, 0, 0, 0);

  /** One that could not be measured. */
  static CellResult failed(Cell cell, String measured, String why) {
    return new CellResult(cell, measured, why, 0, NOTHING, NOTHING, 0, 0, 0, List.of(), Map.of(), 0, 0, List.of());
  }

  /** Packets of media that came in time, each by its own deadline, in percent. */
  double inTimePercent() {
    long expected = pictures.expected() + sound.expected();
    return expected == 0 ? 0 : 100.0 * (pictures.inTime() + sound.inTime()) / expected;
  }

  /** Whether what is to be delivered in time was. Without a hop there is no bar. */
  boolean met() {
    return failure == null && (cell.hops() == 0 || inTimePercent() >= cell.barPercent());
  }

  /** The 99th percentile beyond the way itself, in ms. */
  double beyondMs() {
    return pictures.p99Ms() - cell.propagationMs();
  }

  /**
   * What each hop added at the 99th percentile, in ms: beyond the way itself, and beyond the 99th percentile without any hop,
   * which is what publisher and player take for a keyframe.
   */
  double addedMs(CellResult withoutHop) {
    return (beyondMs() - withoutHop.beyondMs()) / cell.hops();
  }
}
