package live.sluice.systemtest.kit;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What a test wants of the machine it runs on. A test is skipped, and that is told, for a user that is not root or where
 * programs are not installed; where CI is set in the environment it fails, since nobody reads there what was skipped.
 * Root that has the programs gets the test run, and whatever else is missing then fails it.
 */
public final class Needs {

  private Needs() {}

  /** Goes on when this is root and {@code programs} are installed. */
  public static void rootWith(String... programs) {
    List<String> missing = new ArrayList<>();
    if (!"root".equals(System.getProperty("user.name"))) {
      missing.add("root");
    }
    for (String program : programs) {
      if (!isInstalled(program)) {
        missing.add(program);
      }
    }
    if (!missing.isEmpty() && !System.getenv().getOrDefault("CI", "").isEmpty()) {
      throw new AssertionError("missing here, and in CI nothing is skipped: " + missing);
    }
    assumeTrue(missing.isEmpty(), () -> "missing here: " + missing);
  }

  /** Whether {@code program} is on PATH, or where root's programs are. */
  public static boolean isInstalled(String program) {
    String path = System.getenv().getOrDefault("PATH", "") + File.pathSeparator + "/usr/sbin";
    for (String folder : path.split(File.pathSeparator, -1)) {
      if (!folder.isEmpty() && Files.isExecutable(Path.of(folder, program))) {
        return true;
      }
    }
    return false;
  }
}
