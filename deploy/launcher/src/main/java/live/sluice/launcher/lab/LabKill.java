package live.sluice.launcher.lab;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import live.sluice.launcher.LaunchException;
import live.sluice.launcher.ProcessIdentity;
import live.sluice.launcher.Processes;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Ends one node. */
@Command(name = "kill", description = "End a node; ./sluice lab start NODE brings it back.")
final class LabKill implements Callable<Integer> {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final Duration POLL = Duration.ofMillis(5);

  @Mixin private final LabOption which = new LabOption();

  @Parameters(paramLabel = "NODE", description = "its name, as status tells")
  private String name = "";

  @Option(names = "-9", description = "at once, as a crash would; otherwise it drains")
  private boolean now;

  @Override
  public Integer call() {
    Needs.root();
    LabState state = which.home().running();
    ProcessIdentity process = state.process(state.plan().node(name));
    if (process == null || !process.isAlive()) {
      throw new LaunchException(name + " does not run");
    }
    if (!now) {
      Processes.stop(List.of(process), PATIENCE);
      return 0;
    }
    process.handle().ifPresent(ProcessHandle::destroyForcibly);
    long start = System.nanoTime();
    while (process.isAlive() && System.nanoTime() - start < PATIENCE.toNanos()) {
      Processes.pause(POLL);
    }
    return 0;
  }
}
