package live.sluice.bench.proc;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;
import live.sluice.bench.BenchException;

/** A directory for what a command needs while it runs; it goes with it. */
public final class Scratch implements AutoCloseable {
  private final Path directory;
  private final Thread hook;

  private Scratch(Path directory) {
    this.directory = directory;
    hook = new Thread(() -> remove(directory), "remove-scratch");
    Runtime.getRuntime().addShutdownHook(hook);
  }

  /** Makes one where temporary files go. */
  public static Scratch create(String name) {
    return create(Path.of(System.getProperty("java.io.tmpdir")), name);
  }

  /** Makes one within {@code parent}. */
  public static Scratch create(Path parent, String name) {
    try {
      return new Scratch(Files.createTempDirectory(parent, name));
    } catch (IOException e) {
      throw new BenchException("cannot make a directory in " + parent + ": " + e.getMessage(), e);
    }
  }

  /** The directory. */
  public Path directory() {
    return directory;
  }

  @Override
  public void close() {
    remove(directory);
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException atTheEndOfTheJvm) {
      // Then the hook does the same once more.
    }
  }

  private static void remove(Path directory) {
    if (!Files.exists(directory)) {
      return;
    }
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException inUse) {
      // A program that is just ending may still write there; a temporary directory that stays does no harm.
    }
  }
}
