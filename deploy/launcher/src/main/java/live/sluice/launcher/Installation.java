package live.sluice.launcher;

import java.nio.file.Files;
import java.nio.file.Path;

/** Where Sluice itself lies. The script that starts this JVM says so. */
public final class Installation {
  private Installation() {}

  /** Returns the directory that holds {@code sluice}. */
  public static Path checkout() {
    return Path.of(System.getProperty("sluice.checkout", ".")).toAbsolutePath().normalize();
  }

  /**
   * Returns the unpacked distribution.
   *
   * @throws LaunchException when there is none
   */
  public static Path distribution() {
    Path distribution = Path.of(System.getProperty("sluice.distribution", "."));
    if (!Files.isExecutable(distribution.resolve("bin/sluice-origin"))) {
      throw new LaunchException("there is no distribution in " + distribution.toAbsolutePath());
    }
    return distribution.toAbsolutePath();
  }
}
