package live.sluice.launcher.lab;

import java.util.ArrayList;
import java.util.List;
import live.sluice.launcher.LaunchException;
import live.sluice.line.LinkSettings;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What the ways between regions are like, as options. */
final class WayOptions {
  @Option(names = "--delay", paramLabel = "MS", description = "ms that a packet takes, each way")
  private @Nullable String delay;

  @Option(names = "--jitter", paramLabel = "MS", description = "how many ms more or less; the order is kept")
  private @Nullable String jitter;

  @Option(names = "--loss", paramLabel = "PERCENT", description = "how many of 100 packets are lost, each way")
  private @Nullable String loss;

  @Option(names = "--rate", paramLabel = "MBPS", description = "Mb/s that fit through, each way; 0: any number")
  private @Nullable String rate;

  @Option(names = "--queue", paramLabel = "MS", description = "how long a packet waits at most where --rate is too little (100)")
  private @Nullable String queue;

  /**
   * Returns what was given, as the line takes it.
   *
   * @throws LaunchException when a value is out of bounds
   */
  List<String> assignments() {
    List<String> given = new ArrayList<>();
    add(given, "delay", delay);
    add(given, "jitter", jitter);
    add(given, "loss", loss);
    add(given, "rate", rate);
    add(given, "queue", queue);
    over(LinkSettings.NONE, given);
    return given;
  }

  private static void add(List<String> given, String name, @Nullable String value) {
    if (value != null) {
      given.add(name + "=" + value);
    }
  }

  /** Returns settings with what was given put over them. */
  LinkSettings over(LinkSettings settings) {
    return over(settings, assignments());
  }

  private static LinkSettings over(LinkSettings settings, List<String> given) {
    LinkSettings changed = settings;
    for (String assignment : given) {
      try {
        changed = changed.with(assignment);
      } catch (IllegalArgumentException e) {
        throw new LaunchException("--" + e.getMessage(), e);
      }
    }
    return changed;
  }
}
