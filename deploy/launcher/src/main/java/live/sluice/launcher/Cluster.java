package live.sluice.launcher;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A cluster that this command starts. Each process is written down as it starts, so that nothing is left running that
 * a later {@code down} does not know of. Any thread: the one that starts, and the one that a signal wakes.
 */
final class Cluster {
  private static final Duration PATIENCE = Duration.ofSeconds(4);

  private final ClusterHome home;
  private final ClusterPlan plan;
  private ClusterState state;
  private boolean closed;

  Cluster(ClusterHome home, ClusterPlan plan) {
    this.home = home;
    this.plan = plan;
    state = ClusterState.startedBy(ProcessIdentity.of(ProcessHandle.current().pid()), plan.host());
    home.write(state);
  }

  synchronized ClusterState state() {
    return state;
  }

  /**
   * Starts every node.
   *
   * @param distribution the unpacked distribution
   */
  void startNodes(Path distribution, NodeConfig config) {
    for (NodePlan node : plan.nodes()) {
      Path file = home.config(node.name());
      config.write(node, file);
      Path program = distribution.resolve("bin").resolve("sluice-" + node.role().word());
      List<String> command = List.of(program.toString(), "--config", file.toString());
      startOne(() -> {
        Path log = home.log(node.name());
        ProcessIdentity process = Processes.start(command, home.directory(), log, Map.of("SLUICE_HEAP", "384m"));
        return state.with(new ClusterState.NodeState(node, process));
      });
    }
  }

  void startNginx(Path program, Path shipped, int port) {
    startOne(() -> state.with(Nginx.start(program, shipped, plan, port, home)));
  }

  void startDemo(Path program) {
    NodePlan origin = plan.origins().getFirst();
    startOne(() -> state.withDemo(Demo.start(program, origin, Addresses.reachable(plan.host()), home)));
  }

  private synchronized void startOne(Supplier<ClusterState> start) {
    if (closed) {
      throw new LaunchException("stopped while starting");
    }
    state = start.get();
    home.write(state);
  }

  /** Returns true once the cluster is nothing of this command's any more: stopped, or left to itself. */
  synchronized boolean isClosed() {
    return closed;
  }

  /** Leaves the cluster to itself. */
  synchronized void detach() {
    closed = true;
    state = state.detached();
    home.write(state);
  }

  /** Returns the first process that has ended on its own, with the name of its log. */
  synchronized Optional<String> ended() {
    for (ClusterState.NodeState node : state.nodes()) {
      if (!node.process().isAlive()) {
        return Optional.of(node.plan().name());
      }
    }
    ClusterState.NginxState nginx = state.nginx();
    return nginx == null || nginx.process().isAlive() ? Optional.empty() : Optional.of("nginx");
  }

  /** Stops every process, and removes what was written. May be called twice. */
  void stop() {
    List<ProcessIdentity> processes = new ArrayList<>();
    synchronized (this) {
      closed = true;
      processes.addAll(state.processes());
    }
    Processes.stop(processes, PATIENCE);
    home.delete();
  }
}
