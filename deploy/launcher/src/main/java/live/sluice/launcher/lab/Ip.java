package live.sluice.launcher.lab;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import live.sluice.launcher.LaunchException;
import live.sluice.launcher.ProcessIdentity;
import live.sluice.launcher.Processes;

/** The program {@code ip} of iproute2. */
final class Ip {
  private static final Duration LIMIT = Duration.ofSeconds(20);

  private Ip() {}

  /**
   * Runs it.
   *
   * @return what it printed
   * @throws LaunchException when it fails
   */
  static String run(String... arguments) {
    List<String> command = new ArrayList<>(List.of("ip"));
    command.addAll(Arrays.asList(arguments));
    Processes.Outcome outcome = Processes.run(command, Map.of(), LIMIT);
    if (!outcome.ok()) {
      throw new LaunchException(String.join(" ", command) + ": " + outcome.output().strip());
    }
    return outcome.output();
  }

  /** Runs it within a namespace. */
  static String in(String namespace, String... arguments) {
    List<String> all = new ArrayList<>(List.of("-n", namespace));
    all.addAll(Arrays.asList(arguments));
    return run(all.toArray(String[]::new));
  }

  static List<String> namespaces() {
    return run("netns", "list").lines().map(line -> line.split(" ", -1)[0]).toList();
  }

  /** Returns what runs in a namespace. */
  static List<ProcessIdentity> processes(String namespace) {
    return run("netns", "pids", namespace)
        .lines()
        .filter(line -> line.matches("[0-9]+"))
        .map(line -> ProcessIdentity.of(Long.parseLong(line)))
        .toList();
  }

  /** Returns the words before a command that make it run in a namespace, and let everything else be as it is. */
  static List<String> inside(String namespace) {
    return List.of("nsenter", "--net=/run/netns/" + namespace);
  }
}
