package live.sluice.launcher.lab;

import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import live.sluice.launcher.LaunchException;
import live.sluice.launcher.SystemPackages;

/** What a laboratory wants of the machine. */
final class Needs {
  private static final List<String> PACKAGES = List.of("iproute2", "util-linux");

  private Needs() {}

  /**
   * Sees that it is there, and installs what may be installed.
   *
   * @throws LaunchException when something is missing; the message says what to do
   */
  static void check(PrintStream out) {
    root();
    if (!programs() && !(SystemPackages.install(PACKAGES, out) && programs())) {
      throw new LaunchException(
          "a laboratory needs the programs ip and nsenter. To install them: " + SystemPackages.command(PACKAGES));
    }
  }

  static void root() {
    if (!SystemPackages.root()) {
      throw new LaunchException("a laboratory is made of network namespaces, and that takes root: sudo ./sluice lab ...");
    }
  }

  private static boolean programs() {
    return installed("ip") && installed("nsenter");
  }

  private static boolean installed(String program) {
    String path = System.getenv().getOrDefault("PATH", "");
    return Stream.of(path.split(":", -1))
        .filter(folder -> !folder.isEmpty())
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
  }
}
