package live.sluice.launcher.lab;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Ends every cut. */
@Command(name = "heal", description = "End every cut; delay, loss and rate stay as they were set.")
final class LabHeal implements Callable<Integer> {
  @Mixin private final LabOption which = new LabOption();

  @Override
  public Integer call() {
    Needs.root();
    new Ways(which.home()).setAll(List.of("cut=false"));
    return 0;
  }
}
