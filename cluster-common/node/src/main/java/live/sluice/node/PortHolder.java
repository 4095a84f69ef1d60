package live.sluice.node;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Finds which process listens on a port, from what Linux tells under /proc. */
final class PortHolder {
  private static final String LISTEN = "0A";

  private PortHolder() {}

  /** {@code nginx (process 123)}; empty where it can't be told, such as for a process of somebody else. */
  static String of(int port) {
    try {
      Set<String> sockets = new HashSet<>();
      for (String table : List.of("/proc/net/tcp", "/proc/net/tcp6")) {
        listening(Path.of(table), port, sockets);
      }
      return sockets.isEmpty() ? "" : owner(sockets);
    } catch (IOException | RuntimeException e) {
      return "";
    }
  }

  private static void listening(Path table, int port, Set<String> sockets) throws IOException {
    String end = String.format(":%04X", port);
    if (!Files.isReadable(table)) {
      return;
    }
    for (String line : Files.readAllLines(table)) {
      String[] columns = line.strip().split("\\s+", -1);
      if (columns.length > 9 && columns[1].endsWith(end) && columns[3].equals(LISTEN)) {
        sockets.add("socket:[" + columns[9] + ']');
      }
    }
  }

  private static String owner(Set<String> sockets) throws IOException {
    try (DirectoryStream<Path> processes = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
      for (Path process : processes) {
        if (holds(process, sockets)) {
          return Files.readString(process.resolve("comm")).strip() + " (process " + process.getFileName() + ')';
        }
      }
    }
    return "";
  }

  private static boolean holds(Path process, Set<String> sockets) {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(process.resolve("fd"))) {
      for (Path file : files) {
        if (sockets.contains(Files.readSymbolicLink(file).toString())) {
          return true;
        }
      }
    } catch (IOException | RuntimeException e) {
      return false; // somebody else's, or gone meanwhile
    }
    return false;
  }
}
