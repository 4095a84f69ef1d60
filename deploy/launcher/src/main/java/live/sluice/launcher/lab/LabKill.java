package live.sluice.launcher.lab;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import live.sluice.launcher.LaunchException;
import live.sluice.launcher.ProcessIdentity;
import live.sluice.launcher.Processes;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Ends one node, or all of a region. */
@Command(name = "kill", description = "End a node, or all of a region; ./sluice lab start brings them back.")
final class LabKill implements Callable<Integer> {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final Duration POLL = Duration.ofMillis(5);

  @Mixin private final LabOption which = new LabOption();

  @Parameters(paramLabel = "NODE|REGION", description = "its name, as status tells")
  private String name = "";

  @Option(names = "-9", description = "at once, as a crash would; otherwise nodes drain")
  private boolean now;

  @Override
  public Integer call() {
    Needs.root();
    LabState state = which.home().running();
    List<ProcessIdentity> processes = new ArrayList<>();
    for (LabNode node : state.plan().meant(name)) {
      ProcessIdentity process = state.process(node);
      if (process != null && process.isAlive()) {
        processes.add(process);
      }
    }
    if (processes.isEmpty()) {
      throw new LaunchException(name + " does not run");
    }
    if (now) {
      processes.forEach(process -> process.handle().ifPresent(ProcessHandle::destroyForcibly));
      long start = System.nanoTime();
      while (processes.stream().anyMatch(ProcessIdentity::isAlive) && System.nanoTime() - start < PATIENCE.toNanos()) {
        Processes.pause(POLL);
      }
    } else {
      Processes.stop(processes, PATIENCE);
    }
    return 0;
  }
}
