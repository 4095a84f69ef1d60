package live.sluice.bench.cascade;

import java.util.List;
import java.util.Map;

/** Results that tests make. */
final class Samples {
  private Samples() {}

  static CellResult result(Cell cell, long inTimeOf100Thousand, double p50Ms, double p99Ms) {
    return new CellResult(
        cell, "2026-01-02T03:04:05Z", null, 30, new Share(90_000, 90_000, inTimeOf100Thousand - 10_000, 0, p50Ms, p99Ms, p99Ms, p99Ms),
        new Share(10_000, 10_000, 10_000, 0, 1, 2, 3, 4), 1.01, 0, 0,
        List.of(new HopFigures("r1-origin-0", "r2-origin-0", 1000, 17, 3, 16, 0, 0, Map.of("rest", 5L), 3_200, 1.5, 50)),
        Map.of("r1-origin-0", 41.0), 80, 1.5, List.of());
  }
}
