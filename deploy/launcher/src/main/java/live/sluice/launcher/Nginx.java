package live.sluice.launcher;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The NGINX in front of a cluster: a process of its own, with all that it keeps under the cluster's directory. */
final class Nginx {
  private static final List<String> PACKAGES = List.of("nginx");

  private Nginx() {}

  /** Finds the program, and installs it where that may be done; says so where it has to be done without. */
  static Optional<Path> findOrInstall(PrintStream out) {
    Optional<Path> found = find();
    if (found.isPresent()) {
      return found;
    }
    if (SystemPackages.install(PACKAGES, out)) {
      return find();
    }
    out.println("NGINX is not here, so the cluster runs without it. As root: " + SystemPackages.command(PACKAGES));
    return Optional.empty();
  }

  /** Looks on PATH, and where Debian puts it, which is not on every user's PATH. */
  static Optional<Path> find() {
    String path = System.getenv().getOrDefault("PATH", "") + ":/usr/sbin:/usr/local/sbin";
    return Stream.of(path.split(":", -1))
        .filter(directory -> !directory.isEmpty())
        .map(directory -> Path.of(directory, "nginx"))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /**
   * Starts NGINX before all nodes of the plan, HLS from its cache and FLV passed through.
   *
   * @param shipped the directory with the configuration that is shipped
   */
  static ClusterState.NginxState start(Path program, Path shipped, ClusterPlan plan, int port, ClusterHome home) {
    Path prefix = home.nginx();
    Path conf = prefix.resolve("conf");
    try {
      copy(shipped.toRealPath(), conf);
      Path site = conf.resolve("site");
      Files.writeString(site.resolve("listen.conf"), "listen " + plan.host() + ":" + port + ";\n");
      Files.writeString(site.resolve("nodes.conf"), servers(plan));
    } catch (IOException e) {
      throw new LaunchException("cannot write NGINX's configuration: " + e.getMessage(), e);
    }
    // Started as root its workers would be another user, who may not be able to reach this directory.
    String user = SystemPackages.root() ? " user root;" : "";
    List<String> command =
        List.of(
            program.toString(),
            "-p",
            prefix.toString(),
            "-c",
            conf.resolve("nginx-flv.conf").toString(),
            "-g",
            "daemon off;" + user);
    ProcessIdentity process = Processes.start(command, prefix, home.log("nginx"), Map.of());
    return new ClusterState.NginxState("http://" + Addresses.reachable(plan.host()) + ":" + port, process);
  }

  private static String servers(ClusterPlan plan) {
    return plan.nodes().stream()
        .map(node -> "server " + Addresses.reachable(plan.host()) + ":" + node.ports().http())
        .map(server -> server + " max_fails=2 fail_timeout=5s;\n")
        .collect(Collectors.joining());
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      files.forEach(
          file -> {
            try {
              Path target = to.resolve(from.relativize(file).toString());
              if (Files.isDirectory(file)) {
                Files.createDirectories(target);
              } else {
                Files.copy(file, target, StandardCopyOption.REPLACE_EXISTING);
              }
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
          });
    }
  }
}
