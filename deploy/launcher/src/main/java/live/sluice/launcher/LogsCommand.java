package live.sluice.launcher;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows what the processes of a cluster wrote. */
@Command(name = "logs", description = "Show the logs of the nodes, of NGINX and of the demo.")
final class LogsCommand implements Callable<Integer> {
  @Mixin private final ClusterOption which = new ClusterOption();

  @Option(names = {"-n", "--lines"}, paramLabel = "N", defaultValue = "50", description = "how many of each (${DEFAULT-VALUE})")
  private int lines;

  @Option(names = {"-f", "--follow"}, description = "go on with what is written from now on")
  private boolean follow;

  @Parameters(paramLabel = "NAME", description = "origin-0, edge-0, nginx, ...; all of them when none is named")
  private List<String> names = new ArrayList<>();

  @Override
  public Integer call() {
    ClusterHome home = which.home();
    Optional<ClusterState> found = home.read();
    if (found.isEmpty()) {
      System.out.println("Nothing is up" + which.ports().argument() + ".");
      return 3;
    }
    List<String> known = known(found.get());
    for (String name : names) {
      if (!known.contains(name)) {
        throw new LaunchException("no process " + name + " here; there are " + String.join(", ", known));
      }
    }
    List<String> shown = names.isEmpty() ? known : names;
    LogFollower follower = new LogFollower(home, shown, System.out);
    follower.tail(lines);
    if (follow) {
      follower.follow(() -> home.read().map(ClusterState::anyAlive).orElse(false));
    }
    return 0;
  }

  private static List<String> known(ClusterState state) {
    List<String> known = new ArrayList<>(state.nodes().stream().map(node -> node.plan().name()).toList());
    if (state.nginx() != null) {
      known.add("nginx");
    }
    if (state.demo() != null) {
      known.add("demo");
    }
    return known;
  }
}
