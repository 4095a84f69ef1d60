package live.sluice.node;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import live.sluice.media.ErrorCode;
import live.sluice.media.NodeInfo;
import live.sluice.media.SluiceException;
import live.sluice.node.config.ConfigException;
import live.sluice.node.config.ConfigLoader;
import live.sluice.node.config.NodeConfig;
import live.sluice.node.config.Problem;
import live.sluice.node.log.Logging;
import live.sluice.node.state.Version;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The command line of both kinds of node. */
@Command(
    mixinStandardHelpOptions = true,
    versionProvider = NodeCommand.VersionText.class,
    sortOptions = false,
    exitCodeListHeading = "%nExit status:%n",
    exitCodeList = {
      "0:it was asked to stop and did; with --check: nothing is wrong",
      "1:the configuration can't be used, or the node could not start",
      "2:the command line makes no sense",
      "3:a port could not be opened",
      "130, 143:ended at once by a second signal"
    },
    footer = "%nEvery key of the configuration is described in conf/reference.yaml.")
public final class NodeCommand implements Callable<Integer> {
  private final NodeInfo.Role role;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "The configuration, YAML; else what SLUICE_CONFIG names. Without either the defaults hold.")
  @Nullable Path file;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "Sets one key, over the file and the environment. May be repeated.")
  List<String> settings = new ArrayList<>();

  @Option(names = "--check", description = "Reads the configuration, says what is wrong with it, and ends.")
  boolean check;

  @Option(names = "--print-config", description = "Prints every key with its value, secrets masked, and ends.")
  boolean print;

  @Option(
      names = "--train",
      hidden = true,
      description = "Starts on free loopback ports without a cluster, and ends: to record a start-up cache.")
  boolean train;

  private NodeCommand(NodeInfo.Role role) {
    this.role = role;
  }

  /** Runs a node of that role until it is asked to stop, and ends the process. */
  public static void main(NodeInfo.Role role, String name, String[] args) {
    System.exit(execute(role, name, args));
  }

  static int execute(NodeInfo.Role role, String name, String... args) {
    NodeCommand command = new NodeCommand(role);
    UsualArguments usual = UsualArguments.of(args);
    if (usual == null) {
      return new CommandLine(command).setCommandName(name).execute(args);
    }
    command.file = usual.config();
    command.settings = usual.settings();
    try {
      return command.call();
    } catch (RuntimeException e) {
      LoggerFactory.getLogger(NodeCommand.class).error("the node failed", e);
      return 1;
    }
  }

  @Override
  public Integer call() {
    ConfigLoader.Loaded loaded;
    try {
      loaded = ConfigLoader.load(configFile(), System.getenv(), allSettings());
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
    if (print) {
      ConfigLoader.describe(loaded.config()).forEach((key, value) -> System.out.println(key + ": " + value));
      return 0;
    }
    if (check) {
      System.out.println("OK");
      return 0;
    }
    Logging.apply(loaded.config().log());
    return run(loaded);
  }

  private @Nullable Path configFile() {
    String named = System.getenv("SLUICE_CONFIG");
    return file != null || named == null || named.isEmpty() ? file : Path.of(named);
  }

  private List<String> allSettings() {
    List<String> all = new ArrayList<>(settings);
    if (train) {
      for (String section : List.of("rtmp", "http", "api", "hop")) {
        all.add(section + ".listen=127.0.0.1");
        all.add(section + ".port=0");
      }
      all.addAll(List.of("node.host=127.0.0.1", "cluster.members=[]", "cluster.kubernetes-service="));
    }
    return all;
  }

  private int run(ConfigLoader.Loaded loaded) {
    LoggerFactory.getLogger(NodeCommand.class)
        .atInfo()
        .addKeyValue("version", Version.text())
        .addKeyValue("role", role.name().toLowerCase(Locale.ROOT))
        .addKeyValue("java", Runtime.version())
        .addKeyValue("pid", ProcessHandle.current().pid())
        .log("Sluice starts");
    Node node;
    try {
      node = Node.start(loaded.config(), role);
    } catch (SluiceException e) {
      System.err.println(SluiceException.chainOf(e));
      return e.code() == ErrorCode.LISTEN_FAILED ? 3 : 1;
    }
    if (train) {
      node.close();
      return 0;
    }
    Shutdown.install(node, () -> reload(node));
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return 0;
  }

  /** Reads the configuration again, as SIGHUP asks for. One that can't be used changes nothing. */
  private void reload(Node node) {
    Logger log = LoggerFactory.getLogger(NodeCommand.class);
    try {
      NodeConfig next = ConfigLoader.load(configFile(), System.getenv(), allSettings()).config();
      Reload reload = node.reload(next);
      Logging.apply(next.log());
      log.atInfo()
          .addKeyValue("changed", String.join(",", reload.applied()))
          .addKeyValue("needs_restart", String.join(",", reload.pending()))
          .log("configuration read again");
    } catch (ConfigException e) {
      e.problems().forEach(problem -> log.warn("configuration not taken over: {}", problem));
    }
  }

  /** What {@code --version} says. */
  static final class VersionText implements CommandLine.IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {"Sluice " + Version.text(), "Java ${java.version}, ${os.name} ${os.arch}"};
    }
  }
}
