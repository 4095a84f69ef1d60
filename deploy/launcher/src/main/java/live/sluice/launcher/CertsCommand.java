package live.sluice.launcher;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Makes the certificates by which nodes know each other. */
@Command(
    name = "certs",
    description = "Make the certificates by which nodes know each other.",
    footer = {
      "",
      "The first run makes the cluster's authority, ca.pem with ca-key.pem; later ones use it for further nodes.",
      "Nothing is overwritten. Keep ca-key.pem away from the nodes: whoever has it can make nodes of your cluster."
    })
final class CertsCommand implements Callable<Integer> {
  private static final String NAME = "[A-Za-z0-9._-]{1,64}";

  @Option(names = "--out", paramLabel = "DIR", description = "where to (default: ${DEFAULT-VALUE})")
  private Path out = Path.of("certs");

  @Option(names = "--days", paramLabel = "N", description = "how long nodes' certificates are good (default: ${DEFAULT-VALUE})")
  private int days = 825;

  @Option(names = "--ca-days", paramLabel = "N", description = "how long a new authority is good (default: ${DEFAULT-VALUE})")
  private int caDays = 3650;

  @Parameters(arity = "1..*", paramLabel = "NODE", description = "names of nodes, as in node.name")
  private List<String> nodes = List.of();

  @Override
  public Integer call() {
    make(System.out, Instant.now());
    return 0;
  }

  private void make(PrintStream print, Instant now) {
    check();
    Path directory = out.toAbsolutePath().normalize();
    Path certificate = directory.resolve("ca.pem");
    Path key = directory.resolve("ca-key.pem");
    try {
      Files.createDirectories(directory);
    } catch (IOException e) {
      throw new LaunchException("cannot make " + directory + ": " + e.getMessage(), e);
    }
    ClusterAuthority authority;
    if (Files.exists(certificate) && Files.exists(key)) {
      authority = ClusterAuthority.read(certificate, key, now);
      print.println("Authority  " + certificate + " (as it was), until " + day(authority.expires()));
    } else if (Files.exists(certificate) || Files.exists(key)) {
      throw new LaunchException(
          (Files.exists(certificate) ? key : certificate) + " is missing: an authority is both, and half of one is there");
    } else {
      authority = ClusterAuthority.make(certificate, key, now, Duration.ofDays(caDays));
      print.println("Authority  " + certificate + " (new), until " + day(authority.expires()));
      print.println("           " + key + ": keep it away from the nodes");
    }
    for (String node : nodes) {
      Instant end =
          authority.makeNode(node, certificateOf(directory, node), keyOf(directory, node), now, Duration.ofDays(days));
      print.println("Node       " + node + ", until " + day(end));
    }
    tell(print, directory);
  }

  /** All of it before anything is made. */
  private void check() {
    if (days < 1 || caDays < 1) {
      throw new LaunchException("--days and --ca-days must be 1 or more");
    }
    Set<String> seen = new HashSet<>();
    for (String node : nodes) {
      if (!node.matches(NAME) || node.startsWith(".")) {
        throw new LaunchException("'" + node + "' is no name of a node: 1 to 64 letters, digits and . _ - are");
      }
      if (!seen.add(node)) {
        throw new LaunchException("'" + node + "' is given twice");
      }
      if (node.equals("ca") || node.equals("ca-key") || (node.endsWith("-key") && nodes.contains(node.substring(0, node.length() - 4)))) {
        throw new LaunchException("'" + node + "' would have files of a name that is taken: call the node otherwise");
      }
      for (Path file : List.of(certificateOf(out, node), keyOf(out, node))) {
        if (Files.exists(file)) {
          throw new LaunchException(file + " is there already, and nothing is overwritten: move it away for a new one");
        }
      }
    }
  }

  private static Path certificateOf(Path directory, String node) {
    return directory.resolve(node + ".pem");
  }

  private static Path keyOf(Path directory, String node) {
    return directory.resolve(node + "-key.pem");
  }

  private static String day(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC).toLocalDate().toString();
  }

  private void tell(PrintStream print, Path directory) {
    print.println();
    print.println("Copy ca.pem and its own two files to each node, and put them into its configuration:");
    for (String node : nodes) {
      print.println();
      print.println("  node: {name: " + node + "}");
      print.println("  hop:");
      print.println("    certificate: " + certificateOf(directory, node));
      print.println("    key: " + keyOf(directory, node));
      print.println("    authority: " + directory.resolve("ca.pem"));
    }
    print.println();
    print.println("sluice-origin --check (or sluice-edge --check) tells whether they are as they should be.");
  }
}
