package live.sluice.launcher.lab;

import java.io.IOException;
import java.util.List;
import live.sluice.launcher.LaunchException;

/** Changes the ways of a laboratory that is up. */
final class Ways {
  private final LabHome home;
  private final LabPlan plan;
  private final Between between;

  Ways(LabHome home) {
    this.home = home;
    LabState state = home.running();
    plan = state.plan();
    between = Between.of(home, state);
  }

  /** Changes all of them. */
  void setAll(List<String> assignments) {
    ask("*", "*", assignments);
  }

  /**
   * Changes those between two regions.
   *
   * @param oneWay only that from the first to the second
   * @throws LaunchException when there is no such region
   */
  void setBetween(String from, String to, boolean oneWay, List<String> assignments) {
    plan.region(from);
    plan.region(to);
    if (from.equals(to)) {
      throw new LaunchException("there is no way from " + from + " to itself: within a region nothing is delayed or lost");
    }
    ask(from, to, assignments);
    if (!oneWay) {
      ask(to, from, assignments);
    }
  }

  private void ask(String from, String to, List<String> assignments) {
    try {
      between.set(from, to, assignments);
    } catch (IOException gone) {
      throw new LaunchException("the delay line does not answer; its log is " + home.log("line"), gone);
    }
  }
}
