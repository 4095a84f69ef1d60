package live.sluice.bench.compare;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The summary for people: a line for each metric, a column for each entrant and each ratio, and the bars. */
final class SummaryText {
  private SummaryText() {}

  static String of(Plan plan, Summary summary) {
    List<List<String>> rows = new ArrayList<>();
    List<String> names = List.copyOf(summary.figures().keySet());
    List<String> compared = List.copyOf(summary.ratios().keySet());
    List<String> heading = new ArrayList<>(List.of("median (least-most)"));
    heading.addAll(names);
    compared.forEach(name -> heading.add(name + " / " + plan.baseline()));
    rows.add(heading);
    for (Metric metric : Metric.values()) {
      if (summary.figures().values().stream().noneMatch(own -> own.containsKey(metric))) {
        continue;
      }
      List<String> row = new ArrayList<>(List.of(metric.label()));
      names.forEach(name -> row.add(figure(metric, get(summary.figures(), name, metric))));
      compared.forEach(name -> row.add(ratio(get(summary.ratios(), name, metric))));
      rows.add(row);
    }
    StringBuilder text = new StringBuilder();
    text.append(plan.name()).append(": ").append(plan.describe()).append("\n\n");
    table(text, rows);
    bars(text, plan, summary);
    return text.toString();
  }

  private static void bars(StringBuilder text, Plan plan, Summary summary) {
    for (Bar bar : plan.bars()) {
      Optional<Spread> reached = summary.of(bar);
      String what =
          bar.entrant()
              + (bar.ratio() ? " / " + plan.baseline() : "")
              + ", "
              + bar.metric().label().strip()
              + ": "
              + bar.text();
      String verdict =
          reached.isEmpty()
              ? "not measured"
              : (bar.ratio() ? ratio(reached.get()) : figure(bar.metric(), reached.get()))
                  + (bar.met(reached.get().median()) ? "  reached" : "  NOT reached");
      text.append("\nBar: ").append(what).append("; ").append(verdict);
    }
    if (!plan.bars().isEmpty()) {
      text.append('\n');
    }
  }

  private static @Nullable Spread get(Map<String, Map<Metric, Spread>> all, String name, Metric metric) {
    return all.getOrDefault(name, Map.of()).get(metric);
  }

  private static String figure(Metric metric, @Nullable Spread spread) {
    if (spread == null) {
      return "-";
    }
    String median = metric.format(spread.median());
    String range = metric.format(spread.least()) + "-" + metric.format(spread.most());
    return spread.least() == spread.most() ? median : median + " (" + range + ")";
  }

  private static String ratio(@Nullable Spread spread) {
    return spread == null
        ? "-"
        : String.format(Locale.ROOT, "%.2f (%.2f-%.2f)", spread.median(), spread.least(), spread.most());
  }

  private static void table(StringBuilder text, List<List<String>> rows) {
    int[] widths = new int[rows.getFirst().size()];
    for (List<String> row : rows) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], row.get(i).length());
      }
    }
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder();
      for (int i = 0; i < widths.length; i++) {
        String blanks = " ".repeat(widths[i] - row.get(i).length());
        line.append(i == 0 ? row.get(i) + blanks : "  " + blanks + row.get(i));
      }
      text.append(line.toString().stripTrailing()).append('\n');
    }
  }
}
