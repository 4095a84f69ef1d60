package live.sluice.launcher.lab;

import java.time.Duration;
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

/** Starts a node again that has ended. */
@Command(name = "start", description = "Start a node again that has ended, and wait until it is ready.")
final class LabStart implements Callable<Integer> {
  @Mixin private final LabOption which = new LabOption();

  @Parameters(paramLabel = "NODE", description = "its name, as status tells")
  private String name = "";

  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      defaultValue = "60",
      description = "how long to wait for it to be ready (${DEFAULT-VALUE}); 0: not at all")
  private int timeout;

  @Override
  public Integer call() {
    Needs.root();
    LabHome home = which.home();
    LabState state = home.running();
    LabNode node = state.plan().node(name);
    ProcessIdentity process = state.process(node);
    if (process != null && process.isAlive()) {
      throw new LaunchException(name + " runs already");
    }
    new Lab(home).startNode(state.plan(), node);
    if (timeout > 0) {
      try (NodeProbe probe = new NodeProbe()) {
        new LabReadiness(home, probe, new StatusLine(System.out)).await(List.of(node), Duration.ofSeconds(timeout));
      }
    }
    return 0;
  }
}
