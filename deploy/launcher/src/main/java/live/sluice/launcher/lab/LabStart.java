package live.sluice.launcher.lab;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import live.sluice.launcher.LaunchException;
import live.sluice.launcher.NodeProbe;
import live.sluice.launcher.ProcessIdentity;
import live.sluice.launcher.StatusLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Starts a node again that has ended, or those of a region that have. */
@Command(name = "start", description = "Start a node again that has ended, or those of a region that have; wait until they are ready.")
final class LabStart implements Callable<Integer> {
  @Mixin private final LabOption which = new LabOption();

  @Parameters(paramLabel = "NODE|REGION", description = "its name, as status tells")
  private String name = "";

  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      defaultValue = "60",
      description = "how long to wait for them to be ready (${DEFAULT-VALUE}); 0: not at all")
  private int timeout;

  @Override
  public Integer call() {
    Needs.root();
    LabHome home = which.home();
    LabState state = home.running();
    List<LabNode> ended = new ArrayList<>();
    for (LabNode node : state.plan().meant(name)) {
      ProcessIdentity process = state.process(node);
      if (process == null || !process.isAlive()) {
        ended.add(node);
      }
    }
    if (ended.isEmpty()) {
      throw new LaunchException(name + " runs already");
    }
    Lab lab = new Lab(home);
    ended.forEach(node -> lab.startNode(state.plan(), node));
    if (timeout > 0) {
      try (NodeProbe probe = new NodeProbe()) {
        new LabReadiness(home, probe, new StatusLine(System.out)).await(ended, Duration.ofSeconds(timeout));
      }
    }
    return 0;
  }
}
