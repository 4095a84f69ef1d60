package live.sluice.bench.compare;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the turns of a comparison come to.
 *
 * @param figures by entrant and metric
 * @param ratios the same to the baseline's of the same round; the baseline itself has none
 */
record Summary(Map<String, Map<Metric, Spread>> figures, Map<String, Map<Metric, Spread>> ratios) {
  static Summary of(List<Turn> turns, String baseline) {
    Map<String, Map<Metric, List<Double>>> values = new LinkedHashMap<>();
    Map<String, Map<Metric, List<Double>>> ratios = new LinkedHashMap<>();
    for (Turn turn : turns) {
      Optional<Turn> base =
          turns.stream()
              .filter(other -> other.round() == turn.round() && other.entrant().equals(baseline))
              .findFirst();
      turn.figures()
          .forEach(
              (metric, value) -> {
                add(values, turn.entrant(), metric, value);
                Double under = base.isEmpty() ? null : base.get().figures().get(metric);
                if (under != null && under > 0 && !turn.entrant().equals(baseline)) {
                  add(ratios, turn.entrant(), metric, value / under);
                }
              });
    }
    return new Summary(spreads(values), spreads(ratios));
  }

  /** The figure that a bar is about; empty where it could not be measured. */
  Optional<Spread> of(Bar bar) {
    Map<Metric, Spread> all = (bar.ratio() ? ratios : figures).getOrDefault(bar.entrant(), Map.of());
    return Optional.ofNullable(all.get(bar.metric()));
  }

  private static void add(Map<String, Map<Metric, List<Double>>> to, String entrant, Metric metric, double value) {
    to.computeIfAbsent(entrant, any -> new EnumMap<>(Metric.class))
        .computeIfAbsent(metric, any -> new ArrayList<>())
        .add(value);
  }

  private static Map<String, Map<Metric, Spread>> spreads(Map<String, Map<Metric, List<Double>>> values) {
    Map<String, Map<Metric, Spread>> spreads = new LinkedHashMap<>();
    values.forEach(
        (entrant, metrics) -> {
          Map<Metric, Spread> own = new EnumMap<>(Metric.class);
          metrics.forEach((metric, list) -> own.put(metric, Spread.of(list)));
          spreads.put(entrant, own);
        });
    return spreads;
  }
}
