package live.sluice.bench.compare;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import live.sluice.bench.BenchException;
import live.sluice.bench.measure.Machine;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The file of results: the summary, and every raw figure below it. */
final class Results {
  private static final JsonMapper JSON = JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
  private static final int SCHEMA = 1;

  private final Plan plan;
  private final ObjectNode machine = JSON.valueToTree(Machine.here());
  private final String started = Instant.now().toString();
  private final List<String> command;

  Results(Plan plan, List<String> command) {
    this.plan = plan;
    this.command = command;
    machine.put("loadAverageBefore", Machine.loadAverage());
  }

  /** Writes what there is so far: a comparison that is stopped keeps the turns that it has had. */
  void write(Path file, List<Turn> turns) {
    Path partial = file.resolveSibling(file.getFileName() + ".partial");
    try {
      Files.write(partial, JSON.writeValueAsBytes(tree(turns)));
      Files.move(partial, file, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new BenchException("cannot write --json " + file + ": " + e.getMessage(), e);
    }
  }

  ObjectNode tree(List<Turn> turns) {
    Summary summary = Summary.of(turns, plan.baseline());
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    root.put("schema", SCHEMA);
    root.put("kind", "compare");
    root.put("scenario", plan.name());
    root.put("what", plan.describe());
    root.put("started", started);
    command.forEach(root.putArray("command")::add);
    root.set("machine", machine);
    ObjectNode chosen = root.putObject("plan");
    chosen.put("load", plan.load().label());
    chosen.put("latency", plan.latency());
    chosen.put("windowMs", plan.windowMs());
    chosen.put("clients", plan.clients());
    chosen.put("bitrate", plan.bitrate());
    chosen.put("rounds", plan.rounds());
    chosen.put("warmupSeconds", plan.warmup().toMillis() / 1e3);
    chosen.put("measureSeconds", plan.measure().toMillis() / 1e3);
    chosen.put("fresh", plan.fresh());
    chosen.put("baseline", plan.baseline());
    root.set("figures", spreads(summary.figures()));
    root.set("ratios", spreads(summary.ratios()));
    var bars = root.putArray("bars");
    for (Bar bar : plan.bars()) {
      ObjectNode node = bars.addObject();
      node.put("what", bar.metric().key()).put("entrant", bar.entrant()).put("ratio", bar.ratio()).put("bar", bar.text());
      summary.of(bar).ifPresent(reached -> node.put("median", reached.median()).put("met", bar.met(reached.median())));
    }
    var all = root.putArray("turns");
    for (Turn turn : turns) {
      ObjectNode node = all.addObject();
      node.put("round", turn.round()).put("entrant", turn.entrant());
      ObjectNode figures = node.putObject("figures");
      turn.figures().forEach((metric, value) -> figures.put(metric.key(), value));
      node.set("raw", turn.raw());
    }
    return root;
  }

  private static ObjectNode spreads(Map<String, Map<Metric, Spread>> all) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    all.forEach(
        (entrant, metrics) -> {
          ObjectNode own = node.putObject(entrant);
          metrics.forEach(
              (metric, spread) ->
                  own.putObject(metric.key())
                      .put("median", spread.median())
                      .put("least", spread.least())
                      .put("most", spread.most()));
        });
    return node;
  }
}
