package live.sluice.node;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import live.sluice.media.NodeInfo;
import live.sluice.media.SluiceException;
import live.sluice.node.config.ConfigException;
import live.sluice.node.config.ConfigLoader;
import live.sluice.node.config.Problem;
import live.sluice.node.log.Logging;
import live.sluice.node.state.Version;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * The command line of both kinds of node. Exit status: 0 when it was asked to stop and did, or {@code --check} found
 * nothing; 1 when the configuration can't be used or a port can't be opened; 2 when the command line makes no sense.
 */
@Command(
    mixinStandardHelpOptions = true,
    versionProvider = NodeCommand.VersionText.class,
    sortOptions = false,
    footer = "%nEvery key of the configuration is described in conf/reference.yaml.")
public final class NodeCommand implements Callable<Integer> {
  private final NodeInfo.Role role;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "The configuration, YAML. Without it the defaults hold.")
  @Nullable Path file;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "Sets one key, over the file and the environment. May be repeated.")
  List<String> settings = new ArrayList<>();

  @Option(names = "--check", description = "Reads the configuration, says what is wrong with it, and ends.")
  boolean check;

  private NodeCommand(NodeInfo.Role role) {
    this.role = role;
  }

  /** Runs a node of that role until it is asked to stop, and ends the process. */
  public static void main(NodeInfo.Role role, String name, String[] args) {
    int status = new CommandLine(new NodeCommand(role)).setCommandName(name).execute(args);
    System.exit(status);
  }

  @Override
  public Integer call() {
    ConfigLoader.Loaded loaded;
    try {
      loaded = ConfigLoader.load(file, System.getenv(), settings);
      Wiring.tls(loaded.config());
      Identity.check(loaded.config(), role);
    } catch (ConfigException e) {
      for (Problem problem : e.problems()) {
        System.err.println(problem);
      }
      return 1;
    } catch (SluiceException e) {
      System.err.println(SluiceException.chainOf(e));
      return 1;
    }
    for (String remark : loaded.remarks()) {
      System.err.println(remark);
    }
    if (check) {
      System.out.println("OK");
      return 0;
    }
    Logging.apply(loaded.config().log());
    return run(loaded);
  }

  private int run(ConfigLoader.Loaded loaded) {
    LoggerFactory.getLogger(NodeCommand.class).info("Sluice {}, {}", Version.text(), role);
    Node node;
    try {
      node = Node.start(loaded.config(), role);
    } catch (SluiceException e) {
      System.err.println(SluiceException.chainOf(e));
      return 1;
    }
    Shutdown.install(node);
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return 0;
  }

  /** What {@code --version} says. */
  static final class VersionText implements CommandLine.IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {"Sluice " + Version.text(), "Java ${java.version}, ${os.name} ${os.arch}"};
    }
  }
}
