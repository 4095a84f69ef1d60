package live.sluice.launcher;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Tells how a cluster is. Exit status: 0 all ready, 1 something is not, 3 nothing is up. */
@Command(
    name = "status",
    description = "Tell how the nodes are.",
    exitCodeListHeading = "Exit status:%n",
    exitCodeList = {"0:all nodes are ready", "1:a node is not ready", "3:nothing is up"})
final class StatusCommand implements Callable<Integer> {
  private static final int NOTHING_UP = 3;

  @Mixin private final ClusterOption which = new ClusterOption();

  @Option(names = "--json", description = "as one JSON object")
  private boolean json;

  @Override
  public Integer call() {
    Optional<ClusterState> found = which.home().read().filter(ClusterState::anyAlive);
    StatusReport report = found.map(StatusCommand::ask).orElse(new StatusReport(List.of(), null));
    if (json) {
      System.out.println(report.json());
    } else if (found.isEmpty()) {
      System.out.println("Nothing is up" + which.ports().argument() + ".");
    } else {
      report.print(System.out);
    }
    return found.isEmpty() ? NOTHING_UP : report.ready() ? 0 : 1;
  }

  private static StatusReport ask(ClusterState state) {
    ClusterState.NginxState nginx = state.nginx();
    try (NodeProbe probe = new NodeProbe()) {
      return new StatusReport(
          probe.askAll(state), nginx == null || !nginx.process().isAlive() ? null : nginx.url());
    }
  }
}
