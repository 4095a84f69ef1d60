package live.sluice.launcher.lab;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import live.sluice.launcher.Installation;
import live.sluice.launcher.LaunchException;
import live.sluice.launcher.LogTail;
import live.sluice.launcher.ProcessIdentity;
import live.sluice.launcher.Processes;
import live.sluice.line.DelayLine;
import live.sluice.line.LineClient;
import live.sluice.line.LinkSettings;

/** The processes of a laboratory: starts them, writes each down as it starts, and ends all of them. Any thread. */
final class Lab {
  private static final Duration PATIENCE = Duration.ofSeconds(4);
  private static final Duration LINE_LIMIT = Duration.ofSeconds(15);
  private static final Duration POLL = Duration.ofMillis(20);
  private static final String LINE = "line";

  private final LabHome home;
  private boolean closed;

  Lab(LabHome home) {
    this.home = home;
  }

  /** Starts what makes the delay between the regions, and waits until it does. */
  void startLine(LabPlan plan, LinkSettings settings, long seed) {
    List<String> command = new ArrayList<>(Ip.inside(plan.namespace(LabPlan.WAN)));
    command.addAll(List.of(java(), "-XX:+UseSerialGC", "-Xmx64m", "--enable-native-access=ALL-UNNAMED", "-cp", lineClasses()));
    command.addAll(List.of(DelayLine.class.getName(), home.socket().toString(), Long.toString(seed), plan.network(), settings.text()));
    plan.regions().forEach(r -> command.add(r.name() + ":" + LabPlan.wanDevice(r) + ":" + r.octet()));
    ProcessIdentity[] started = new ProcessIdentity[1];
    startOne(
        state -> {
          started[0] = Processes.start(command, home.directory(), home.log(LINE), Map.of());
          return state.withLine(started[0]);
        });
    awaitLine(started[0]);
  }

  private void awaitLine(ProcessIdentity line) {
    long start = System.nanoTime();
    while (true) {
      try {
        new LineClient(home.socket()).status();
        return;
      } catch (IOException notYet) {
        if (!line.isAlive() || System.nanoTime() - start > LINE_LIMIT.toNanos()) {
          throw new LaunchException(
              "the delay line did not start: " + String.join("\n  ", LogTail.lines(home.log(LINE), 20)), notYet);
        }
        Processes.pause(POLL);
      }
    }
  }

  private static String java() {
    return System.getenv().getOrDefault("SLUICE_JAVA", Path.of(System.getProperty("java.home"), "bin", "java").toString());
  }

  private static String lineClasses() {
    try {
      return Path.of(DelayLine.class.getProtectionDomain().getCodeSource().getLocation().toURI()).toString();
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Starts a node; its configuration has been written. */
  void startNode(LabPlan plan, LabNode node) {
    Path program = Installation.distribution().resolve("bin").resolve("sluice-" + node.plan().role().word());
    List<String> command = new ArrayList<>(Ip.inside(plan.namespace(plan.regionOf(node).name())));
    command.addAll(List.of(program.toString(), "--config", home.config(node.name()).toString()));
    startOne(
        state ->
            state.with(
                node.name(),
                Processes.start(command, home.directory(), home.log(node.name()), Map.of("SLUICE_HEAP", "384m"))));
  }

  private synchronized void startOne(UnaryOperator<LabState> start) {
    if (closed) {
      throw new LaunchException("stopped while starting");
    }
    home.update(start);
  }

  /** Leaves the laboratory to itself. */
  synchronized void detach() {
    closed = true;
    home.update(LabState::detached);
  }

  /** Returns true once the laboratory is nothing of this command's any more: ended, or left to itself. */
  synchronized boolean isClosed() {
    return closed;
  }

  /** Ends everything, and removes what was made and written. May be called twice. */
  void stop() {
    List<ProcessIdentity> processes = new ArrayList<>();
    synchronized (this) {
      closed = true;
      home.read().ifPresent(state -> processes.addAll(state.processes()));
    }
    Processes.stop(processes, PATIENCE);
    Topology.remove(home.name());
    home.deleteAll();
  }
}
