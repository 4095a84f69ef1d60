package live.sluice.bench.cascade;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a node tells Prometheus: series with their labels. Of the text format what Sluice writes. */
final class Metrics {
  private static final Pattern LINE = Pattern.compile("([a-z_]+)(?:\\{(.*)})? (\\S+)");
  private static final Pattern LABEL = Pattern.compile("([a-z_]+)=\"((?:[^\"\\\\]|\\\\.)*)\"");

  private record Series(String name, Map<String, String> labels, double value) {}

  private final List<Series> all;

  private Metrics(List<Series> all) {
    this.all = all;
  }

  /** Nothing. */
  static Metrics none() {
    return new Metrics(List.of());
  }

  /** Reads the lines whose names begin so. */
  static Metrics read(String text, String prefix) {
    List<Series> all = new ArrayList<>();
    for (String line : text.split("\n", -1)) {
      Matcher matcher = LINE.matcher(line);
      if (line.startsWith(prefix) && matcher.matches()) {
        Map<String, String> labels = new LinkedHashMap<>();
        Matcher label = LABEL.matcher(matcher.group(2) == null ? "" : matcher.group(2));
        while (label.find()) {
          labels.put(label.group(1), label.group(2));
        }
        all.add(new Series(matcher.group(1), labels, Double.parseDouble(matcher.group(3))));
      }
    }
    return new Metrics(all);
  }

  /** The values that a label has. */
  Set<String> values(String label) {
    Set<String> values = new LinkedHashSet<>();
    for (Series series : all) {
      String value = series.labels.get(label);
      if (value != null) {
        values.add(value);
      }
    }
    return values;
  }

  /**
   * The sum of the series of that name with these labels, whatever other labels they have.
   *
   * @param labels name and value by turns
   */
  double sum(String name, String... labels) {
    double sum = 0;
    for (Series series : all) {
      if (series.name.equals(name) && has(series, labels)) {
        sum += series.value;
      }
    }
    return sum;
  }

  private static boolean has(Series series, String... labels) {
    for (int i = 0; i < labels.length; i += 2) {
      if (!labels[i + 1].equals(series.labels.get(labels[i]))) {
        return false;
      }
    }
    return true;
  }
}
