package live.sluice.launcher;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Waits until a cluster can be used, and no longer than it makes sense to. */
final class Readiness {
  private static final Duration POLL = Duration.ofMillis(100);
  private static final int LOG_LINES = 20;

  private final Cluster cluster;
  private final ClusterHome home;
  private final NodeProbe probe;
  private final StatusLine line;
  private final Duration limit;

  Readiness(Cluster cluster, ClusterHome home, NodeProbe probe, StatusLine line, Duration limit) {
    this.cluster = cluster;
    this.home = home;
    this.probe = probe;
    this.line = line;
    this.limit = limit;
  }

  /**
   * Waits for every node and NGINX.
   *
   * @throws LaunchException when one ends, or is not ready in time; the message has the end of its log
   */
  void awaitAll() {
    long start = System.nanoTime();
    while (true) {
      Optional<String> ended = cluster.ended();
      if (ended.isPresent()) {
        throw new LaunchException(ended.get() + " ended while starting" + log(ended.get()));
      }
      List<String> missing = missing();
      if (missing.isEmpty()) {
        line.clear();
        return;
      }
      if (elapsed(start)) {
        throw new LaunchException(
            "not ready after " + limit.toSeconds() + " s: " + String.join(", ", missing) + log(missing.getFirst()));
      }
      line.show("waiting for " + String.join(", ", missing));
      Processes.pause(POLL);
    }
  }

  /** Waits for the test picture to arrive. */
  void awaitDemo() {
    long start = System.nanoTime();
    line.show("waiting for the test picture");
    while (probe.askAll(cluster.state()).stream().noneMatch(node -> node.streams() > 0)) {
      if (elapsed(start)) {
        throw new LaunchException("the test picture did not arrive within " + limit.toSeconds() + " s" + log("demo"));
      }
      Processes.pause(POLL);
    }
    line.clear();
  }

  private boolean elapsed(long start) {
    return System.nanoTime() - start > limit.toNanos() || Thread.currentThread().isInterrupted();
  }

  private List<String> missing() {
    ClusterState state = cluster.state();
    List<String> missing = new ArrayList<>();
    for (NodeStatus node : probe.askAll(state)) {
      // Ready without the directory it would be too, but then it can't yet play what another node has.
      if (!node.ready() || !node.directory()) {
        missing.add(node.plan().name());
      }
    }
    ClusterState.NginxState nginx = state.nginx();
    if (nginx != null && !probe.answers(nginx.url() + "/nginx/health")) {
      missing.add("nginx");
    }
    return missing;
  }

  private String log(String process) {
    List<String> lines = LogTail.lines(home.log(process), LOG_LINES);
    return lines.isEmpty() ? "" : "; its log ends so:\n  " + String.join("\n  ", lines);
  }
}
