package live.sluice.bench.compare;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import live.sluice.bench.compare.server.Protocol;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

class SummaryTest {
  private static final Bar BAR = Bar.ratioAtMost(Metric.CPU_PER_GBPS, "sluice", 1.5);
  private static final Plan PLAN =
      new Plan(
          "example",
          Protocol.FLV,
          "throughput",
          1000,
          1_000_000,
          3,
          Duration.ofSeconds(15),
          Duration.ofSeconds(60),
          false,
          List.of(Entrant.of("floor"), Entrant.of("sluice")),
          "floor",
          List.of(BAR));

  private final List<Turn> turns =
      List.of(
          turn(1, "floor", 10),
          turn(1, "sluice", 14),
          turn(2, "floor", 20),
          turn(2, "sluice", 24),
          turn(3, "floor", 12),
          turn(3, "sluice", 18));

  @Test
  void a_figure_is_the_median_of_the_rounds_with_the_least_and_the_greatest() {
    Spread floor = Summary.of(turns, "floor").figures().get("floor").get(Metric.CPU_PER_GBPS);

    assertThat(floor).isEqualTo(new Spread(12, 10, 20));
    assertThat(Spread.of(List.of(4.0, 1.0, 2.0, 8.0))).isEqualTo(new Spread(3, 1, 8));
  }

  @Test
  void a_ratio_is_to_the_baseline_of_the_same_round() {
    Summary summary = Summary.of(turns, "floor");

    assertThat(summary.ratios().get("sluice").get(Metric.CPU_PER_GBPS)).isEqualTo(new Spread(1.4, 1.2, 1.5));
    assertThat(summary.ratios()).doesNotContainKey("floor");
  }

  @Test
  void a_turn_whose_baseline_is_not_there_yet_has_no_ratio() {
    assertThat(Summary.of(turns.subList(1, 2), "floor").ratios()).isEmpty();
  }

  @Test
  void the_text_says_whether_a_bar_is_reached() {
    assertThat(SummaryText.of(PLAN, Summary.of(turns, "floor")))
        .contains("1,000 flv players of 1 Mb/s, window 350 ms")
        .contains("sluice / floor")
        .contains("at most 1.5; 1.40 (1.20-1.50)  reached");
    assertThat(SummaryText.of(PLAN, Summary.of(List.of(), "floor"))).contains("at most 1.5; not measured");
  }

  @Test
  void the_file_of_results_holds_every_turn() {
    JsonNode tree = new Results(PLAN, List.of("bench")).tree(turns);

    assertThat(tree.path("turns").size()).isEqualTo(6);
    assertThat(tree.path("turns").path(3).path("figures").path("cpu_per_gbps").asDouble()).isEqualTo(24);
    assertThat(tree.path("ratios").path("sluice").path("cpu_per_gbps").path("most").asDouble()).isEqualTo(1.5);
    assertThat(tree.path("bars").path(0).path("met").asBoolean()).isTrue();
    assertThat(tree.path("machine").path("cores").asInt()).isPositive();
  }

  private static Turn turn(int round, String entrant, double value) {
    Map<Metric, Double> figures = new EnumMap<>(Map.of(Metric.CPU_PER_GBPS, value));
    return new Turn(round, entrant, figures, JsonNodeFactory.instance.objectNode());
  }
}
