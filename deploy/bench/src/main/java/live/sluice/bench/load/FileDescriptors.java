package live.sluice.bench.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import live.sluice.bench.BenchException;

/** How many connections this process may have. The JVM has raised the soft limit to the hard one by itself. */
final class FileDescriptors {
  /** Libraries, the terminal, epoll. */
  private static final int OWN = 100;

  private FileDescriptors() {}

  /** Fails, with what to do, when the limit is too low for that many connections. */
  static void need(int connections) {
    long limit = limit();
    if (connections + OWN > limit) {
      throw new BenchException(
          connections + " connections need about " + (connections + OWN) + " file descriptors, and this process may have "
              + limit + ". Raise that: 'ulimit -n " + (connections + OWN) + "' in the shell before (as root beyond what"
              + " 'ulimit -Hn' says; for good in /etc/security/limits.conf or by LimitNOFILE= of systemd). Or share the"
              + " load among several processes.");
    }
  }

  private static long limit() {
    try {
      for (String line : Files.readAllLines(Path.of("/proc/self/limits"))) {
        if (line.startsWith("Max open files")) {
          String soft = line.substring("Max open files".length()).strip().split("\\s+", 2)[0];
          return soft.equals("unlimited") ? Long.MAX_VALUE : Long.parseLong(soft);
        }
      }
    } catch (IOException | NumberFormatException e) {
      return Long.MAX_VALUE;
    }
    return Long.MAX_VALUE;
  }
}
