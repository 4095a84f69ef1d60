package live.sluice.launcher;

import java.io.IOException;
import java.nio.channels.FileLock;
import java.nio.file.Files;
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
  public Integer call() throws IOException {
    ClusterHome home = which.home();
    Optional<ClusterState> found = home.read();
    ProcessIdentity launcher = found.map(ClusterState::launcher).orElse(null);
    if (launcher != null && launcher.isAlive()) {
      // It stops all it has started; also what it was about to start.
      Processes.stop(List.of(launcher), LAUNCHER_PATIENCE);
    }
    if (!Files.isDirectory(home.directory())) {
      System.out.println(found.isEmpty() ? nothing() : "Stopped.");
      return 0;
    }
    // A command that starts holds the lock from before there is anything to read.
    try (FileLock lock = home.lock()) {
      if (lock == null) {
        throw new LaunchException("this cluster is starting: end that command by Ctrl-C, or try again when it is up");
      }
      Optional<ClusterState> left = home.read().or(() -> found);
      left.ifPresent(state -> Processes.stop(state.processes(), PATIENCE));
      home.delete();
      System.out.println(left.isEmpty() ? nothing() : "Stopped.");
    }
    return 0;
  }

  private String nothing() {
    return "Nothing is up" + which.ports().argument() + ".";
  }
}
