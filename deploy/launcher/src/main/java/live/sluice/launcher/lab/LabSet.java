package live.sluice.launcher.lab;

import java.util.List;
import java.util.concurrent.Callable;
import live.sluice.launcher.LaunchException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Changes what the ways between regions are like. */
@Command(name = "set", description = "Change delay, jitter, loss or rate; what is not named stays.")
final class LabSet implements Callable<Integer> {
  @Mixin private final LabOption which = new LabOption();

  @Mixin private final WayOptions way = new WayOptions();

  @Option(names = "--between", arity = "2", paramLabel = "REGION", description = "only between these two")
  private List<String> between = List.of();

  @Option(names = "--one-way", description = "only from the first of these to the second")
  private boolean oneWay;

  @Override
  public Integer call() {
    Needs.root();
    List<String> assignments = way.assignments();
    if (assignments.isEmpty()) {
      throw new LaunchException("nothing to set: give --delay, --jitter, --loss, --rate or --queue");
    }
    Ways ways = new Ways(which.home());
    if (between.isEmpty()) {
      if (oneWay) {
        throw new LaunchException("--one-way needs to know from where to where: --between A B");
      }
      ways.setAll(assignments);
    } else {
      ways.setBetween(between.get(0), between.get(1), oneWay, assignments);
    }
    return 0;
  }
}
