package live.sluice.launcher;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Ends a cluster, whichever command started it. */
@Command(name = "down", description = "Stop a cluster, and remove what it wrote.")
final class DownCommand implements Callable<Integer> {
  private static final Duration PATIENCE = Duration.ofSeconds(4);
  private static final Duration LAUNCHER_PATIENCE = Duration.ofSeconds(20);

  @Mixin private final ClusterOption which = new ClusterOption();

  @Override
  public Integer call() {
    ClusterHome home = which.home();
    Optional<ClusterState> found = home.read();
    if (found.isEmpty()) {
      System.out.println("Nothing is up" + which.ports().argument() + ".");
      home.delete();
      return 0;
    }
    ClusterState state = found.get();
    ProcessIdentity launcher = state.launcher();
    if (launcher != null && launcher.isAlive()) {
      // It stops all it has started; also what it was about to start.
      Processes.stop(List.of(launcher), LAUNCHER_PATIENCE);
    }
    Processes.stop(home.read().orElse(state).processes(), PATIENCE);
    home.delete();
    System.out.println("Stopped.");
    return 0;
  }
}
