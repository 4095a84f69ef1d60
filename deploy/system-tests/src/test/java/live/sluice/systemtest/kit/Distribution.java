package live.sluice.systemtest.kit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** The distribution that was just built, unpacked. */
public final class Distribution {

  private Distribution() {}

  /** Its folder, with {@code bin} and {@code lib}. */
  public static Path folder() {
    try (Stream<Path> paths = Files.find(Lab.repository().resolve("deploy/dist/target"), 4,
        (path, attributes) -> path.endsWith("bin/sluice-origin"))) {
      return paths.map(path -> path.getParent().getParent()).findFirst()
          .orElseThrow(() -> new AssertionError("the distribution is not built: mvn package"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
