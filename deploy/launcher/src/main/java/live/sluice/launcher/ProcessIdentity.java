package live.sluice.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A process that was started here, known again by when it started: a number alone may be another process's by now.
 *
 * @param pid the process number
 * @param started when it started, in the kernel's ticks since boot
 */
public record ProcessIdentity(long pid, long started) {
  private static final int START_FIELD_AFTER_NAME = 19;
  private static final int STATE_FIELD_AFTER_NAME = 0;

  /** Returns the identity of a process that runs now. */
  public static ProcessIdentity of(long pid) {
    return new ProcessIdentity(pid, startOf(pid));
  }

  /** Returns true while this very process runs. A zombie does not. */
  public boolean isAlive() {
    return started != 0 && startOf(pid) == started;
  }

  /** Returns the process as the JVM knows it, where it still is this one. */
  public Optional<ProcessHandle> handle() {
    return isAlive() ? ProcessHandle.of(pid) : Optional.empty();
  }

  /** Returns the start time of the process in ticks, or 0 where none of that number runs. */
  private static long startOf(long pid) {
    try {
      String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
      // The name is in parentheses, and may hold blanks and parentheses itself.
      List<String> fields = List.of(stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1));
      return fields.get(STATE_FIELD_AFTER_NAME).equals("Z") ? 0 : Long.parseLong(fields.get(START_FIELD_AFTER_NAME));
    } catch (IOException gone) {
      return 0;
    }
  }
}
