package live.sluice.bench.compare;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ScenarioTest {
  @Test
  void names_are_different() {
    assertThat(Scenario.ALL).extracting(Scenario::name).doesNotHaveDuplicates();
  }

  @Test
  void each_bar_is_of_one_that_takes_part() {
    for (Scenario scenario : Scenario.ALL) {
      List<String> entrants = scenario.entrants().stream().map(Entrant::name).toList();
      assertThat(scenario.bars()).as(scenario.name()).isNotEmpty();
      assertThat(entrants).as(scenario.name()).containsAll(scenario.bars().stream().map(Bar::entrant).toList());
    }
  }

  @Test
  void a_bar_that_is_a_ratio_has_something_to_be_compared_with() {
    for (Scenario scenario : Scenario.ALL) {
      if (scenario.bars().stream().anyMatch(Bar::ratio)) {
        assertThat(scenario.entrants()).as(scenario.name()).hasSizeGreaterThan(1);
        assertThat(scenario.bars().stream().map(Bar::entrant))
            .as(scenario.name())
            .doesNotContain(scenario.entrants().getFirst().name());
      }
    }
  }
}
