package live.sluice.launcher.lab;

import java.util.concurrent.Callable;
import live.sluice.launcher.LaunchException;
import live.sluice.launcher.ProcessIdentity;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Prints a node's process number. */
@Command(name = "pid", description = "Print the process number of a node.")
final class LabPid implements Callable<Integer> {
  @Mixin private final LabOption which = new LabOption();

  @Parameters(paramLabel = "NODE", description = "its name, as status tells")
  private String name = "";

  @Override
  public Integer call() {
    LabState state = which.home().running();
    ProcessIdentity process = state.process(state.plan().node(name));
    if (process == null || !process.isAlive()) {
      throw new LaunchException(name + " does not run");
    }
    System.out.println(process.pid());
    return 0;
  }
}
