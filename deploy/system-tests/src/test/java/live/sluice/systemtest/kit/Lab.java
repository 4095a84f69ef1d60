package live.sluice.systemtest.kit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A test class's laboratory: its folder, and everything that has to be closed. What was made before the first test (in
 * {@code @BeforeAll}) lives until the last one has run; what a test made ends with it. When a test fails, the ends of the
 * nodes' logs are printed; a buffer leaked by a node fails the class.
 */
public final class Lab implements BeforeAllCallback, BeforeEachCallback, AfterEachCallback, AfterAllCallback {

  private static final int LINES_SHOWN = 60;

  private final Deque<AutoCloseable> open = new ArrayDeque<>();
  private final List<Path> nodeLogs = new ArrayList<>();
  private Path dir = Path.of("target");
  private int kept;
  private int files;

  /** The repository's root. */
  public static Path repository() {
    return Path.of(System.getProperty("sluice.test.repository", "../..")).toAbsolutePath().normalize();
  }

  /** Where the tests write. */
  public static Path work() {
    return Path.of(System.getProperty("sluice.test.work", "target/lab")).toAbsolutePath().normalize();
  }

  /** The folder of this test class: empty at its start, and left there at its end. */
  public Path dir() {
    return dir;
  }

  /** A file name in the folder that was not used before. */
  public synchronized Path file(String name) {
    files++;
    return dir.resolve("%03d-%s".formatted(files, name));
  }

  /** Closes {@code what} at the end of the test, or of the class when no test runs yet. */
  public <T extends AutoCloseable> T keep(T what) {
    synchronized (open) {
      open.push(what);
    }
    return what;
  }

  /** A log in which no leak may be told, and whose end is shown when a test fails. */
  public synchronized void watch(Path nodeLog) {
    if (!nodeLogs.contains(nodeLog)) {
      nodeLogs.add(nodeLog);
    }
  }

  @Override
  public void beforeAll(ExtensionContext context) {
    dir = work().resolve(context.getRequiredTestClass().getSimpleName());
    deleteTree(dir);
    try {
      Files.createDirectories(dir);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void beforeEach(ExtensionContext context) {
    synchronized (open) {
      kept = open.size();
    }
  }

  @Override
  public void afterEach(ExtensionContext context) {
    if (context.getExecutionException().isPresent()) {
      showLogs(context.getDisplayName());
    }
    closeDownTo(kept);
  }

  @Override
  public void afterAll(ExtensionContext context) {
    if (context.getExecutionException().isPresent()) {
      showLogs(context.getDisplayName());
    }
    closeDownTo(0);
    for (Path log : nodeLogs) {
      String text = read(log);
      int leak = text.indexOf("LEAK:");
      if (leak >= 0) {
        throw new AssertionError(
            "a buffer leaked, see " + log + ":\n" + text.substring(leak, Math.min(text.length(), leak + 8000)));
      }
    }
  }

  private void closeDownTo(int size) {
    while (true) {
      AutoCloseable next;
      synchronized (open) {
        if (open.size() <= size) {
          return;
        }
        next = open.pop();
      }
      try {
        next.close();
      } catch (Exception e) {
        System.err.println("while closing " + next + ": " + e);
      }
    }
  }

  private void showLogs(String test) {
    for (Path log : nodeLogs) {
      List<String> lines = read(log).lines().toList();
      System.err.println("---- " + test + ": end of " + log);
      lines.subList(Math.max(0, lines.size() - LINES_SHOWN), lines.size()).forEach(System.err::println);
    }
  }

  private static String read(Path file) {
    try {
      return Files.exists(file) ? Files.readString(file, StandardCharsets.ISO_8859_1) : "";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void deleteTree(Path tree) {
    if (!Files.exists(tree)) {
      return;
    }
    try (Stream<Path> paths = Files.walk(tree)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
