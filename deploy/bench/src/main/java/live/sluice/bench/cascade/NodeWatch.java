package live.sluice.bench.cascade;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import live.sluice.bench.proc.ProcessSample;

/** Looks at all nodes each second while a cell is measured: at their links, and at what CPU they take. */
final class NodeWatch {
  private static final int TIMEOUT_MS = 900;

  private final Collection<Laboratory.Node> nodes;
  private final Map<String, LinkWatch> links = new LinkedHashMap<>();
  private final Map<String, ProcessSample> before = new LinkedHashMap<>();
  private final Map<String, Double> cpuPercent = new LinkedHashMap<>();

  /** Begins. */
  NodeWatch(Collection<Laboratory.Node> nodes) {
    this.nodes = nodes;
    for (Laboratory.Node node : nodes) {
      links.put(node.name(), new LinkWatch(node.name()));
      before.put(node.name(), ProcessSample.of(node.pid()));
    }
    look();
  }

  /** Looks once more. */
  void look() {
    for (Laboratory.Node node : nodes) {
      LinkWatch watch = links.get(node.name());
      try {
        if (watch != null) {
          watch.add(Metrics.read(get(node.api() + "/metrics"), "sluice_hop_"));
        }
      } catch (IOException busy) {
        // It is passed over this time: what it counts, it tells the next time.
      }
    }
  }

  private static String get(String url) throws IOException {
    HttpURLConnection connection = (HttpURLConnection) URI.create(url).toURL().openConnection();
    connection.setConnectTimeout(TIMEOUT_MS);
    connection.setReadTimeout(TIMEOUT_MS);
    try (InputStream in = connection.getInputStream()) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /** The last look. */
  void end() {
    look();
    for (Laboratory.Node node : nodes) {
      ProcessSample earlier = before.get(node.name());
      if (earlier != null) {
        double percent = ProcessSample.of(node.pid()).since(earlier).cpuPercent();
        cpuPercent.put(node.name(), Math.round(10 * percent) / 10.0);
      }
    }
  }

  List<HopFigures> links() {
    List<HopFigures> all = new ArrayList<>();
    links.values().forEach(watch -> all.addAll(watch.figures()));
    return all;
  }

  /** By node, of one core. */
  Map<String, Double> cpuPercent() {
    return Map.copyOf(cpuPercent);
  }
}
