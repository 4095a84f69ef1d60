package live.sluice.launcher;

import java.io.PrintStream;
import java.time.Duration;
import java.util.stream.Collectors;

/** Stays with a running cluster and shows how it is, until a signal ends the command or the cluster has gone. */
final class Foreground {
  private static final Duration PERIOD = Duration.ofSeconds(1);

  private final Cluster cluster;
  private final ClusterHome home;
  private final NodeProbe probe;
  private final StatusLine line;
  private final PrintStream out;

  Foreground(Cluster cluster, ClusterHome home, NodeProbe probe, StatusLine line, PrintStream out) {
    this.cluster = cluster;
    this.home = home;
    this.probe = probe;
    this.line = line;
    this.out = out;
  }

  /** Returns an exit status when there is nothing left to stay with. */
  int stay() {
    String before = "";
    while (!Thread.currentThread().isInterrupted()) {
      if (cluster.state().nodes().stream().noneMatch(node -> node.process().isAlive())) {
        line.clear();
        out.println(home.read().isPresent() ? "All nodes have ended." : "Stopped.");
        cluster.stop();
        return 1;
      }
      ClusterState state = cluster.state();
      StatusReport report = new StatusReport(probe.askAll(state), null);
      line.show(report.line());
      String states =
          report.nodes().stream().map(node -> node.plan().name() + " " + node.state()).collect(Collectors.joining(", "));
      if (!line.terminal() && !states.equals(before)) {
        out.println(states);
      }
      before = states;
      Processes.pause(PERIOD);
    }
    return 130;
  }
}
