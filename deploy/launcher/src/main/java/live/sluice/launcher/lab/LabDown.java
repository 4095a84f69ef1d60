package live.sluice.launcher.lab;

import java.io.IOException;
import java.nio.channels.FileLock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import live.sluice.launcher.LaunchException;
import live.sluice.launcher.ProcessIdentity;
import live.sluice.launcher.Processes;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Ends a laboratory, whichever command made it and however that ended. */
@Command(name = "down", description = "End a laboratory, and remove what it made.")
final class LabDown implements Callable<Integer> {
  private static final Duration LAUNCHER_PATIENCE = Duration.ofSeconds(30);

  @Mixin private final LabOption which = new LabOption();

  @Option(
      names = "--force",
      description = "also one of which nothing is known here, such as another checkout's: ends what runs in its namespaces")
  private boolean force;

  @Override
  public Integer call() throws IOException {
    Needs.root();
    LabHome home = which.home();
    ProcessIdentity launcher = home.read().map(LabState::launcher).orElse(null);
    if (launcher != null && launcher.isAlive()) {
      // It ends all it has started; also what it was about to start.
      Processes.stop(List.of(launcher), LAUNCHER_PATIENCE);
    }
    boolean known = home.read().isPresent();
    boolean namespaces = !Topology.namespaces(home.name()).isEmpty();
    if (!known && !namespaces) {
      System.out.println(launcher == null ? "No laboratory " + home.name() + " is up here." : "Ended.");
      return 0;
    }
    if (!known && !force) {
      throw new LaunchException(
          "there are network namespaces of a laboratory of this name that this checkout did not make;"
              + " ./sluice lab down --force" + home.argument() + " ends whatever runs in them, and removes them");
    }
    home.create();
    try (FileLock lock = home.lock()) {
      if (lock == null) {
        throw new LaunchException("this laboratory is starting: end that command by Ctrl-C, or try again when it is up");
      }
      new Lab(home).stop();
      System.out.println("Ended.");
    }
    return 0;
  }
}
