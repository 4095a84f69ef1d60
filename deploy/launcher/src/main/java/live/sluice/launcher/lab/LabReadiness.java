package live.sluice.launcher.lab;

import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import live.sluice.launcher.LaunchException;
import live.sluice.launcher.LogTail;
import live.sluice.launcher.NodeProbe;
import live.sluice.launcher.NodeStatus;
import live.sluice.launcher.Processes;
import live.sluice.launcher.StatusLine;

/** Waits until nodes can be used, and stays with those that run. */
final class LabReadiness {
  private static final Duration POLL = Duration.ofMillis(100);
  private static final Duration PERIOD = Duration.ofSeconds(1);
  private static final Duration LINKED = Duration.ofSeconds(20);
  private static final int LOG_LINES = 20;

  private final LabHome home;
  private final NodeProbe probe;
  private final StatusLine line;

  LabReadiness(LabHome home, NodeProbe probe, StatusLine line) {
    this.home = home;
    this.probe = probe;
    this.line = line;
  }

  /**
   * Waits for some nodes.
   *
   * @throws LaunchException when one ends, or is not ready in time; the message has the end of its log
   */
  void await(List<LabNode> nodes, Duration limit) {
    long start = System.nanoTime();
    while (true) {
      List<String> missing = new ArrayList<>();
      for (LabReport.NodeReport node : LabReport.askNodes(home.running(), nodes, probe)) {
        NodeStatus status = node.status();
        if (status.state().equals("stopped")) {
          throw new LaunchException(node.name() + " ended while starting" + log(node.name()));
        }
        if (!status.ready() || !status.directory()) {
          missing.add(node.name());
        }
      }
      if (missing.isEmpty()) {
        line.clear();
        return;
      }
      if (System.nanoTime() - start > limit.toNanos() || Thread.currentThread().isInterrupted()) {
        throw new LaunchException(
            "not ready after " + limit.toSeconds() + " s: " + String.join(", ", missing) + log(missing.getFirst()));
      }
      line.show("waiting for " + String.join(", ", missing));
      Processes.pause(POLL);
    }
  }

  /**
   * Waits until each region has a hop to each other one: before, none knows the others' streams. Nodes that make no hops
   * are not waited for; after a while nobody is, since a laboratory may be asked for ways that nothing passes.
   *
   * @return which regions have none yet; empty when all do
   */
  String awaitLinks(LabPlan plan) {
    long start = System.nanoTime();
    while (true) {
      String apart = apart(plan);
      if (apart.isEmpty()) {
        line.clear();
        return "";
      }
      if (System.nanoTime() - start > LINKED.toNanos() || Thread.currentThread().isInterrupted()) {
        line.clear();
        return apart;
      }
      line.show("waiting for hops: " + apart);
      Processes.pause(POLL);
    }
  }

  private String apart(LabPlan plan) {
    List<String> apart = new ArrayList<>();
    for (Region region : plan.regions()) {
      Set<String> linked = new HashSet<>();
      boolean makesHops = false;
      for (LabNode node : region.nodes()) {
        Set<String> ofNode = probe.linkedRegions(node.address(), node.plan());
        if (ofNode != null) {
          makesHops = true;
          linked.addAll(ofNode);
        }
      }
      for (Region other : plan.regions()) {
        if (makesHops && !other.equals(region) && !linked.contains(other.name())) {
          apart.add(region.name() + " to " + other.name());
        }
      }
    }
    return String.join(", ", apart);
  }

  private String log(String node) {
    List<String> lines = LogTail.lines(home.log(node), LOG_LINES);
    return lines.isEmpty() ? "" : "; its log ends so:\n  " + String.join("\n  ", lines);
  }

  /** Shows how the nodes are until the laboratory is gone. */
  void stay() {
    while (!Thread.currentThread().isInterrupted() && Files.isDirectory(home.directory())) {
      home.read().ifPresent(state -> line.show(line(LabReport.askNodes(state, state.plan().nodes(), probe))));
      Processes.pause(PERIOD);
    }
  }

  private static String line(List<LabReport.NodeReport> nodes) {
    return nodes.stream()
        .map(node -> node.status().ready()
            ? node.name() + " " + node.status().streams() + "/" + node.status().players()
            : node.name() + " " + node.status().state())
        .collect(Collectors.joining(", ", "streams/players: ", ""));
  }
}
