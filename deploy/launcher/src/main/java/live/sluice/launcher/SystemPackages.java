package live.sluice.launcher;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Brings programs and libraries of the operating system, where this may be done: by apt-get, as root. */
public final class SystemPackages {
  private static final Duration LIMIT = Duration.ofMinutes(5);

  private SystemPackages() {}

  /** Returns the command that a user would type. */
  public static String command(List<String> packages) {
    return "apt-get install -y " + String.join(" ", packages);
  }

  /**
   * Installs packages.
   *
   * @return true when apt-get says that they are there
   */
  public static boolean install(List<String> packages, PrintStream out) {
    if (!root() || !Files.isExecutable(Path.of("/usr/bin/apt-get"))) {
      return false;
    }
    out.println("Installing " + String.join(", ", packages) + " ...");
    // A package such as nginx starts its service at once, on ports that are none of our business.
    try (ServiceHold _ = ServiceHold.at(ServiceHold.POLICY)) {
      return apt(packages) || (update() && apt(packages));
    }
  }

  private static boolean update() {
    return aptGet(List.of("update", "-qq"));
  }

  private static boolean apt(List<String> packages) {
    List<String> arguments = new ArrayList<>(List.of("install", "-y", "-qq", "--no-install-recommends"));
    arguments.addAll(packages);
    return aptGet(arguments);
  }

  private static boolean aptGet(List<String> arguments) {
    List<String> command = new ArrayList<>(List.of("apt-get"));
    command.addAll(arguments);
    return Processes.run(command, Map.of("DEBIAN_FRONTEND", "noninteractive"), LIMIT).ok();
  }

  /** Returns true for the user that may install. */
  public static boolean root() {
    try {
      return Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0);
    } catch (IOException | UnsupportedOperationException e) {
      return "root".equals(System.getProperty("user.name"));
    }
  }
}
