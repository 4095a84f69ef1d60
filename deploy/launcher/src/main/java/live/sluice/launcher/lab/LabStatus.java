package live.sluice.launcher.lab;

import java.util.Optional;
import java.util.concurrent.Callable;
import live.sluice.launcher.NodeProbe;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Tells how a laboratory is. Exit status: 0 all ready, 1 something is not, 3 nothing is up. */
@Command(
    name = "status",
    description = "Tell how the nodes and the ways between regions are.",
    exitCodeListHeading = "Exit status:%n",
    exitCodeList = {"0:all nodes are ready", "1:a node is not ready", "3:nothing is up"})
final class LabStatus implements Callable<Integer> {
  private static final int NOTHING_UP = 3;

  @Mixin private final LabOption which = new LabOption();

  @Option(names = "--json", description = "as one JSON object")
  private boolean json;

  @Override
  public Integer call() {
    Needs.root();
    LabHome home = which.home();
    Optional<LabState> found = home.read();
    if (found.isEmpty()) {
      System.out.println(json ? "{\"name\":\"" + home.name() + "\",\"ready\":false,\"regions\":[],\"links\":[]}" : "No laboratory " + home.name() + " is up here.");
      return NOTHING_UP;
    }
    try (NodeProbe probe = new NodeProbe()) {
      LabReport report = LabReport.ask(found.get(), home, probe);
      if (json) {
        System.out.println(report.json());
      } else {
        report.print(System.out);
      }
      return report.ready() ? 0 : 1;
    }
  }
}
