package live.sluice.node.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The pages of the documentation, to be held against the code. */
public final class Docs {
  private Docs() {}

  /** The text of a page under {@code docs}, from wherever in the project the test runs. */
  public static String page(String name) throws IOException {
    Path folder = Path.of("").toAbsolutePath();
    while (!Files.isDirectory(folder.resolve("docs")) || !Files.exists(folder.resolve("LICENSE"))) {
      folder = folder.getParent();
    }
    return Files.readString(folder.resolve("docs").resolve(name));
  }
}
