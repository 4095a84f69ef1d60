package live.sluice.systemtest.kit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Files that take long to make: made on first use, by one process, and kept until the next clean build. */
final class MadeOnce {

  /** Makes a file. */
  interface Maker {
    /** Writes {@code partial}, which becomes the file when that is done. */
    void make(Path partial) throws IOException;
  }

  private static final Map<Path, Object> MONITORS = new ConcurrentHashMap<>();

  private MadeOnce() {}

  /** The file, which is made where it isn't there; others who want it meanwhile wait, those of other processes too. */
  static Path file(Path file, Maker maker) {
    // A lock of a file is the process's: its threads take turns by a monitor.
    synchronized (MONITORS.computeIfAbsent(file, any -> new Object())) {
      if (Files.exists(file)) {
        return file;
      }
      try {
        Files.createDirectories(file.getParent());
        try (FileChannel channel = FileChannel.open(file.resolveSibling(file.getFileName() + ".lock"),
                StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            FileLock lock = channel.lock()) {
          if (lock.isValid() && Files.exists(file)) {
            return file;
          }
          // The end of the name is what ffmpeg knows the format by.
          Path partial = file.resolveSibling("partial-" + file.getFileName());
          maker.make(partial);
          return Files.move(partial, file, StandardCopyOption.ATOMIC_MOVE);
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
