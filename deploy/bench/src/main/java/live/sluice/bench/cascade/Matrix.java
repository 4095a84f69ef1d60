package live.sluice.bench.cascade;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import live.sluice.bench.BenchException;

/** The cells of a run, in their order: those of a laboratory together, and in it those between which nothing is cut. */
record Matrix(List<String> over, List<Integer> hops, List<Integer> streams, List<Integer> roundTrips, List<Double> losses) {

  Matrix {
    for (String way : over) {
      if (!way.equals("quic") && !way.equals("tcp")) {
        throw new BenchException("--over takes quic and tcp, and not " + way);
      }
    }
    for (int hop : hops) {
      if (hop < 0 || hop > 2) {
        throw new BenchException("--hops takes 0, 1 and 2, and not " + hop);
      }
    }
    if (streams.stream().anyMatch(count -> count < 1 || count > 100)) {
      throw new BenchException("--streams takes numbers from 1 to 100");
    }
    if (roundTrips.stream().anyMatch(ms -> ms < 1 || ms > 2_000) || losses.stream().anyMatch(p -> !(p >= 0 && p < 50))) {
      throw new BenchException("--rtt takes 1 to 2000 ms, --loss 0 to 50 percent");
    }
  }

  /** All of them. Without a hop there is neither round trip nor loss, and it is measured once. */
  List<Cell> cells() {
    Set<Cell> cells = new LinkedHashSet<>();
    for (String way : over) {
      for (int hop : hops) {
        for (int count : streams) {
          if (hop == 0) {
            cells.add(new Cell(over.getFirst(), 0, 0, count, 0));
            continue;
          }
          for (int roundTrip : roundTrips) {
            losses.forEach(loss -> cells.add(new Cell(way, roundTrip, loss, count, hop)));
          }
        }
      }
    }
    return new ArrayList<>(cells);
  }
}
