package live.sluice.launcher;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Brings programs and libraries of the operating system, where this may be done: by apt-get, as root. */
final class SystemPackages {
  private static final Duration LIMIT = Duration.ofMinutes(5);
  private static final Path SERVICE_POLICY = Path.of("/usr/sbin/policy-rc.d");

  private SystemPackages() {}

  /** Returns the command that a user would type. */
  static String command(List<String> packages) {
    return "apt-get install -y " + String.join(" ", packages);
  }

  /**
   * Installs packages.
   *
   * @return true when apt-get says that they are there
   */
  static boolean install(List<String> packages, PrintStream out) {
    if (!root() || !Files.isExecutable(Path.of("/usr/bin/apt-get"))) {
      return false;
    }
    out.println("Installing " + String.join(", ", packages) + " ...");
    // A package such as nginx starts its service at once, on ports that are none of our business.
    boolean held = holdServices();
    try {
      return apt(packages) || (update() && apt(packages));
    } finally {
      if (held) {
        releaseServices();
      }
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

  private static boolean holdServices() {
    if (Files.exists(SERVICE_POLICY)) {
      return false;
    }
    try {
      Files.writeString(SERVICE_POLICY, "#!/bin/sh\nexit 101\n");
      Files.setPosixFilePermissions(SERVICE_POLICY, PosixFilePermissions.fromString("rwxr-xr-x"));
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private static void releaseServices() {
    try {
      Files.deleteIfExists(SERVICE_POLICY);
    } catch (IOException e) {
      throw new LaunchException("remove " + SERVICE_POLICY + ", which holds back the start of services", e);
    }
  }

  /** Returns true for the user that may install. */
  static boolean root() {
    try {
      return Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0);
    } catch (IOException | UnsupportedOperationException e) {
      return "root".equals(System.getProperty("user.name"));
    }
  }
}
