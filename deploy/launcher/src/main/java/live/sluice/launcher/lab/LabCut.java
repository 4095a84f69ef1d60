package live.sluice.launcher.lab;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Lets nothing pass between two regions. */
@Command(name = "cut", description = "Let nothing pass between two regions.")
final class LabCut implements Callable<Integer> {
  @Mixin private final LabOption which = new LabOption();

  @Parameters(index = "0", paramLabel = "A", description = "a region")
  private String from = "";

  @Parameters(index = "1", paramLabel = "B", description = "another one")
  private String to = "";

  @Option(names = "--one-way", description = "only what goes from A to B; B still reaches A")
  private boolean oneWay;

  @Override
  public Integer call() {
    Needs.root();
    new Ways(which.home()).setBetween(from, to, oneWay, List.of("cut=true"));
    return 0;
  }
}
