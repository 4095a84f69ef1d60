package live.sluice.launcher;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.PrintStream;
import java.io.RandomAccessFile;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;

/** Prints several logs as one, each line after the name of its process. */
final class LogFollower {
  private static final Duration POLL = Duration.ofMillis(200);
  private static final int CHUNK = 1 << 16;

  private final ClusterHome home;
  private final List<String> names;
  private final PrintStream out;
  private final int width;
  private final Map<String, Long> positions = new HashMap<>();

  LogFollower(ClusterHome home, List<String> names, PrintStream out) {
    this.home = home;
    this.names = names;
    this.out = out;
    width = names.stream().mapToInt(String::length).max().orElse(0);
  }

  /** Prints the last lines of each. */
  void tail(int lines) {
    for (String name : names) {
      positions.put(name, home.log(name).toFile().length());
      LogTail.lines(home.log(name), lines).forEach(line -> print(name, line));
    }
  }

  /** Prints what is added, for as long as {@code going} says so. */
  void follow(BooleanSupplier going) {
    while (going.getAsBoolean() && !Thread.currentThread().isInterrupted()) {
      names.forEach(this::printNew);
      out.flush();
      Processes.pause(POLL);
    }
  }

  private void printNew(String name) {
    long position = positions.getOrDefault(name, 0L);
    try (RandomAccessFile file = new RandomAccessFile(home.log(name).toFile(), "r")) {
      int available = (int) Math.min(CHUNK, file.length() - position);
      if (available <= 0) {
        return;
      }
      byte[] bytes = new byte[available];
      file.seek(position);
      file.readFully(bytes);
      String text = new String(bytes, UTF_8);
      // Only whole lines, unless one is longer than what is read at once.
      int end = text.lastIndexOf('\n') + 1;
      if (end == 0 && available < CHUNK) {
        return;
      }
      String whole = end == 0 ? text : text.substring(0, end);
      positions.put(name, position + whole.getBytes(UTF_8).length);
      whole.lines().forEach(line -> print(name, line));
    } catch (IOException gone) {
      positions.put(name, 0L);
    }
  }

  private void print(String name, String line) {
    out.println(name + " ".repeat(width - name.length()) + " | " + line);
  }
}
