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

/** The directory in which the state of one running cluster lies: configurations, logs, and which processes are its. */
final class ClusterHome {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final Path root;
  private final Path directory;

  /** Takes the checkout's directory and which of the clusters on this machine is meant. */
  ClusterHome(Path checkout, PortPlan ports) {
    root = checkout.resolve(".sluice");
    directory = root.resolve(ports.word());
  }

  Path directory() {
    return directory;
  }

  Path config(String node) {
    return directory.resolve("conf").resolve(node + ".yaml");
  }

  Path log(String process) {
    return directory.resolve("logs").resolve(process + ".log");
  }

  Path nginx() {
    return directory.resolve("nginx");
  }

  /** Where the ffmpeg program is unpacked; it is kept, since it is the same for all clusters. */
  Path programs() {
    return root.resolve("programs");
  }

  private Path state() {
    return directory.resolve("cluster.json");
  }

  void create() {
    try {
      Files.createDirectories(directory.resolve("conf"));
      Files.createDirectories(directory.resolve("logs"));
    } catch (IOException e) {
      throw new LaunchException("cannot make " + directory + ": " + e.getMessage(), e);
    }
  }

  /**
   * Returns what was started, or nothing where no cluster was.
   *
   * @throws LaunchException when it stands there and can't be read: it is then not known what runs
   */
  Optional<ClusterState> read() {
    try {
      return Optional.of(JSON.readValue(Files.readAllBytes(state()), ClusterState.class));
    } catch (NoSuchFileException absent) {
      return Optional.empty();
    } catch (IOException | JacksonException e) {
      throw new LaunchException(
          "cannot read " + state() + ", which says what was started: end what still runs, and remove " + directory, e);
    }
  }

  /** Replaces what is known of the cluster, whole or not at all. */
  void write(ClusterState cluster) {
    try {
      Path draft = directory.resolve("cluster.json.new");
      Files.write(draft, JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(cluster));
      Files.move(draft, state(), StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Takes the right to start this cluster.
   *
   * @return the lock, or null when another command holds it
   */
  @Nullable FileLock lock() {
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

  /** Removes everything of this cluster, its logs too. */
  void delete() {
    if (!Files.isDirectory(directory)) {
      return;
    }
    try (Stream<Path> files = Files.walk(directory)) {
      files.sorted(Comparator.reverseOrder()).forEach(ClusterHome::deleteOne);
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
