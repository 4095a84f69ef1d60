package live.sluice.launcher;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Starts a cluster, waits until all of it is ready, and stays with it unless told to detach. */
@Command(name = "up", description = "Start a cluster on this machine, with NGINX in front.")
final class UpCommand implements Callable<Integer> {
  @Mixin private final ClusterOption which = new ClusterOption();

  @Option(names = "--origins", paramLabel = "N", defaultValue = "1", description = "how many origins (${DEFAULT-VALUE})")
  private int origins;

  @Option(names = "--edges", paramLabel = "N", defaultValue = "2", description = "how many edges (${DEFAULT-VALUE})")
  private int edges;

  @Option(names = "--no-nginx", description = "without NGINX")
  private boolean noNginx;

  @Option(names = "--demo", description = "also publish a moving test picture with sound, as live/demo")
  private boolean demo;

  @Option(names = "--detach", description = "return when all is ready; ./sluice down ends it")
  private boolean detach;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "YAML that holds for every node; names, ports and cluster keys are set over it")
  private @Nullable Path config;

  @Option(
      names = "--host",
      paramLabel = "ADDRESS",
      defaultValue = "127.0.0.1",
      description = "address to listen on (${DEFAULT-VALUE}); 0.0.0.0 lets other machines in")
  private String host = "127.0.0.1";

  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      defaultValue = "60",
      description = "how long to wait for all to be ready (${DEFAULT-VALUE})")
  private int timeout;

  @Override
  public Integer call() throws IOException {
    PortPlan ports = which.ports();
    ClusterPlan plan = ClusterPlan.of(origins, edges, ports, host);
    ClusterHome home = which.home();
    home.create();
    try (FileLock lock = home.lock()) {
      if (lock == null || home.read().map(ClusterState::anyAlive).orElse(false)) {
        throw new LaunchException("this cluster is up already; end it by ./sluice down" + ports.argument());
      }
      return start(plan, ports, home);
    }
  }

  private int start(ClusterPlan plan, PortPlan ports, ClusterHome home) {
    PrintStream out = System.out;
    NodeConfig nodeConfig;
    Optional<Path> nginx;
    Optional<Path> ffmpeg;
    try {
      nodeConfig = new NodeConfig(plan, config);
      nginx = noNginx ? Optional.empty() : Nginx.findOrInstall(out);
      ffmpeg = demo ? Optional.of(Demo.prepare(home, out)) : Optional.empty();
      refuseTakenPorts(plan, nginx.isPresent() ? Optional.of(ports.nginx()) : Optional.empty());
    } catch (LaunchException e) {
      home.delete();
      throw e;
    }
    Cluster cluster = new Cluster(home, plan);
    StatusLine line = new StatusLine(out);
    Thread stopper = new Thread(() -> stopOnSignal(cluster, line), "stop");
    Runtime.getRuntime().addShutdownHook(stopper);
    try (NodeProbe probe = new NodeProbe()) {
      cluster.startNodes(Installation.distribution(), nodeConfig);
      nginx.ifPresent(program -> cluster.startNginx(program, Installation.checkout().resolve("nginx"), ports.nginx()));
      Readiness readiness = new Readiness(cluster, home, probe, line, Duration.ofSeconds(timeout));
      readiness.awaitAll();
      if (ffmpeg.isPresent()) {
        cluster.startDemo(ffmpeg.get());
        readiness.awaitDemo();
      }
      ClusterState.NginxState front = cluster.state().nginx();
      boolean webrtc = probe.askAll(cluster.state()).stream().anyMatch(NodeStatus::webrtc);
      Welcome.print(out, plan, demo ? Demo.STREAM : "live/x", front == null ? null : front.url(), webrtc);
      if (detach) {
        cluster.detach();
        out.println("It runs in the background: ./sluice status, ./sluice logs, ./sluice down" + ports.argument());
        return 0;
      }
      out.println("Ctrl-C stops all.");
      return new Foreground(cluster, home, probe, line, out).stay();
    } catch (LaunchException e) {
      line.clear();
      cluster.stop();
      throw e;
    }
  }

  /** Runs whenever this command ends; does something only where a signal ended it. */
  private static void stopOnSignal(Cluster cluster, StatusLine line) {
    if (!cluster.isClosed()) {
      line.close("Stopping ...");
      cluster.stop();
    }
  }

  private void refuseTakenPorts(ClusterPlan plan, Optional<Integer> nginx) {
    List<Integer> wanted = new ArrayList<>();
    List<Integer> wantedByUdp = new ArrayList<>();
    for (NodePlan node : plan.nodes()) {
      wanted.addAll(node.ports().listening(node.role()));
      wantedByUdp.addAll(node.ports().listeningByUdp());
    }
    nginx.ifPresent(wanted::add);
    Set<Integer> taken = new TreeSet<>(Addresses.taken(host, wanted));
    taken.addAll(Addresses.takenByUdp(host, wantedByUdp));
    if (!taken.isEmpty()) {
      throw new LaunchException(
          "something else listens on port "
              + String.join(", ", taken.stream().map(String::valueOf).toList())
              + "; end it, or choose other ports by --base-port P");
    }
  }
}
