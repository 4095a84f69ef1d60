package live.sluice.launcher;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * The directory in which the state of something that runs lies: configurations, logs, and which processes are its.
 *
 * @param <S> what is known of it
 */
public class Home<S> {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final Path directory;
  private final String file;
  private final Class<S> type;

  /**
   * Says where it is; nothing is made yet.
   *
   * @param file name of the file that says what runs
   */
  public Home(Path directory, String file, Class<S> type) {
    this.directory = directory;
    this.file = file;
    this.type = type;
  }

  /** Returns the directory. */
  public Path directory() {
    return directory;
  }

  /** Returns the configuration file of a node. */
  public Path config(String node) {
    return directory.resolve("conf").resolve(node + ".yaml");
  }

  /** Returns where a process writes. */
  public Path log(String process) {
    return directory.resolve("logs").resolve(process + ".log");
  }

  private Path statePath() {
    return directory.resolve(file);
  }

  /** Makes the directory. */
  public void create() {
    try {
      Files.createDirectories(directory.resolve("conf"));
      Files.createDirectories(directory.resolve("logs"));
    } catch (IOException e) {
      throw new LaunchException("cannot make " + directory + ": " + e.getMessage(), e);
    }
  }

  /**
   * Returns what was started, or nothing where nothing was.
   *
   * @throws LaunchException when it stands there and can't be read: it is then not known what runs
   */
  public Optional<S> read() {
    try {
      return Optional.of(JSON.readValue(Files.readAllBytes(statePath()), type));
    } catch (NoSuchFileException absent) {
      return Optional.empty();
    } catch (IOException | JacksonException e) {
      throw new LaunchException(
          "cannot read " + statePath() + ", which says what was started: end what still runs, and remove " + directory, e);
    }
  }

  /** Replaces what is known, whole or not at all. */
  public void write(S state) {
    try {
      Path draft = directory.resolve(file + ".new");
      Files.write(draft, JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(state));
      Files.move(draft, statePath(), StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Takes the right to start it.
   *
   * @return the lock, or null when another command holds it
   */
  public @Nullable FileLock lock() {
    try {
      FileChannel channel =
          FileChannel.open(
              directory.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      FileLock lock = channel.tryLock();
      if (lock == null) {
        channel.close();
      }
      return lock;
    } catch (OverlappingFileLockException held) {
      return null;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Removes the directory, with the logs. */
  public void delete() {
    if (!Files.isDirectory(directory)) {
      return;
    }
    try (Stream<Path> files = Files.walk(directory)) {
      files.sorted(Comparator.reverseOrder()).forEach(Home::deleteOne);
    } catch (IOException | UncheckedIOException e) {
      throw new LaunchException("cannot remove " + directory + ": " + e.getMessage(), e);
    }
  }

  private static void deleteOne(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
