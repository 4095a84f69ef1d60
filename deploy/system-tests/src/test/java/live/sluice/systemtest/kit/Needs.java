package live.sluice.systemtest.kit;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What a test wants of the machine it runs on. Where something is missing it fails: nobody reads what was skipped. */
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
    if (!missing.isEmpty()) {
      throw new AssertionError("missing here: " + missing + "; ./sluice test, as root, installs the programs, and ./sluice test"
          + " --fast leaves out the tests that need them");
    }
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
