package live.sluice.launcher.lab;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import live.sluice.launcher.ConfigFile;
import live.sluice.launcher.LaunchException;
import live.sluice.launcher.NodeProbe;
import live.sluice.launcher.ProcessIdentity;
import live.sluice.launcher.StatusLine;
import live.sluice.line.LinkSettings;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Makes a laboratory, waits until all of its nodes are ready, and stays with it unless told to detach. */
@Command(name = "up", description = "Make regions, and start a cluster in each.")
final class LabUp implements Callable<Integer> {
  @Mixin private final LabOption which = new LabOption();

  @Mixin private final WayOptions way = new WayOptions();

  @Option(
      names = "--regions",
      paramLabel = "N|NAMES",
      defaultValue = "3",
      description = "how many regions (${DEFAULT-VALUE}), which are r1, r2, ...; or their names: eu,us,ap")
  private String regions = "3";

  @Option(names = "--nodes", paramLabel = "N", defaultValue = "2", description = "nodes of each region (${DEFAULT-VALUE})")
  private int nodes;

  @Option(names = "--origins", paramLabel = "N", defaultValue = "1", description = "how many of these are origins (${DEFAULT-VALUE})")
  private int origins;

  @Option(names = "--detach", description = "return when all is ready; ./sluice lab down ends it")
  private boolean detach;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "YAML that holds for every node; names, addresses and cluster keys are set over it")
  private @Nullable Path config;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "a key that holds for every node, over --config; may be there several times")
  private List<String> set = List.of();

  @Option(
      names = "--by",
      paramLabel = "line|netem",
      description = "what makes the ways: the kernel's netem, or our own delay line; without it, netem where the kernel has it")
  private @Nullable String by;

  @Option(names = "--seed", paramLabel = "N", description = "what the delay line loses is the same in each run with this number")
  private @Nullable Long seed;

  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      defaultValue = "120",
      description = "how long to wait for all to be ready (${DEFAULT-VALUE})")
  private int timeout;

  @Override
  public Integer call() throws IOException {
    LabHome home = which.home();
    Map<String, Object> user = ConfigFile.merge(ConfigFile.read(config), ConfigFile.settings(set));
    LinkSettings settings = way.over(LinkSettings.NONE);
    if (by != null && !by.equals("line") && !by.equals("netem")) {
      throw new LaunchException("--by takes line or netem, and not " + by);
    }
    LabPlan draft = LabPlan.of(home.name(), "10.0", LabPlan.regionNames(regions), origins, nodes);
    Needs.check(System.out);
    home.create();
    try (FileLock lock = home.lock()) {
      if (lock == null || home.read().map(LabState::anyAlive).orElse(false)) {
        throw new LaunchException(
            "this laboratory is up already; end it by ./sluice lab down" + home.argument() + ", or choose another --name");
      }
      if (!Topology.namespaces(home.name()).isEmpty()) {
        if (home.read().isEmpty()) {
          home.delete();
        }
        throw new LaunchException(
            "there are network namespaces of a laboratory of this name (ip netns list): of one that ended badly, which"
                + " ./sluice lab down" + home.argument() + " removes, or of another checkout's; then choose another --name");
      }
      return start(home, draft, user, settings);
    }
  }

  private int start(LabHome home, LabPlan draft, Map<String, Object> user, LinkSettings settings) throws IOException {
    PrintStream out = System.out;
    Lab lab = new Lab(home);
    StatusLine line = new StatusLine(out);
    Runtime.getRuntime().addShutdownHook(new Thread(() -> stopOnSignal(lab, line), "stop"));
    try (NodeProbe probe = new NodeProbe()) {
      LabPlan plan = build(home, draft);
      startWays(home, lab, plan, settings);
      LabCertificates certificates = new LabCertificates(home.directory().resolve("certs"));
      certificates.make(plan, Instant.now());
      LabConfig nodeConfig = new LabConfig(plan, user, certificates);
      for (Region region : plan.regions()) {
        for (LabNode node : region.nodes()) {
          ConfigFile.write(nodeConfig.of(region, node), home.config(node.name()));
          lab.startNode(plan, node);
        }
      }
      LabReadiness readiness = new LabReadiness(home, probe, line);
      readiness.await(plan.nodes(), Duration.ofSeconds(timeout));
      String apart = readiness.awaitLinks(plan);
      LabReport.ask(home.running(), home, probe).print(out);
      if (!apart.isEmpty()) {
        out.println("Not linked yet: " + apart);
      }
      if (detach) {
        lab.detach();
        out.println("It runs in the background: ./sluice lab status, exec, set, cut, down" + home.argument());
        return 0;
      }
      out.println("Ctrl-C ends all.");
      readiness.stay();
      return 0;
    } catch (LaunchException e) {
      line.clear();
      lab.stop();
      throw e;
    }
  }

  /** Makes the network, at addresses that are free. */
  private LabPlan build(LabHome home, LabPlan draft) throws IOException {
    try (FileChannel machine = LabHome.lockMachine()) {
      List<String> names = draft.regions().stream().map(Region::name).toList();
      LabPlan plan = LabPlan.of(home.name(), Topology.freeNetwork(home.name()), names, origins, nodes);
      home.write(LabState.startedBy(ProcessIdentity.of(ProcessHandle.current().pid()), plan));
      if (machine.isOpen()) {
        new Topology(plan).build();
      }
      return plan;
    }
  }

  /** Makes the ways, by whatever there is to make them. */
  private void startWays(LabHome home, Lab lab, LabPlan plan, LinkSettings settings) {
    boolean netem = !"line".equals(by) && seed == null && Netem.available(plan.namespace(LabPlan.WAN));
    if ("netem".equals(by) && !netem) {
      throw new LaunchException("this kernel has no netem, or no tc is installed; without --by our own delay line is taken");
    }
    if (netem) {
      new Topology(plan).route();
      Netem.build(plan, settings);
      home.update(state -> state.withNetem(settings));
    } else {
      lab.startLine(plan, settings, seed == null ? System.nanoTime() : seed);
    }
  }

  /** Runs whenever this command ends; does something only where a signal ended it. */
  private static void stopOnSignal(Lab lab, StatusLine line) {
    if (!lab.isClosed()) {
      line.close("Stopping ...");
      lab.stop();
    }
  }
}
