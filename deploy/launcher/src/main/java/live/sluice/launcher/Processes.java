package live.sluice.launcher;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Starts processes that outlive the command which started them, and ends them. */
public final class Processes {
  private static final Duration POLL = Duration.ofMillis(20);

  private Processes() {}

  /**
   * Starts a program in a session of its own, so that neither Ctrl-C nor the closing of the terminal reaches it.
   *
   * @param log where its output goes
   */
  public static ProcessIdentity start(List<String> command, Path directory, Path log, Map<String, String> environment) {
    List<String> line = new ArrayList<>();
    line.add("setsid");
    line.addAll(command);
    ProcessBuilder builder =
        new ProcessBuilder(line)
            .directory(directory.toFile())
            .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    builder.environment().putAll(environment);
    try {
      return ProcessIdentity.of(builder.start().pid());
    } catch (IOException e) {
      throw new LaunchException("cannot start " + command.getFirst() + ": " + e.getMessage(), e);
    }
  }

  /**
   * Asks all of them to stop, at once. After {@code patience} they are asked again, which a node takes as "now", and at
   * last those that still run are killed; their children with them.
   */
  public static void stop(Collection<ProcessIdentity> processes, Duration patience) {
    List<ProcessHandle> handles = new ArrayList<>();
    for (ProcessIdentity process : processes) {
      process
          .handle()
          .ifPresent(
              handle -> {
                // Children first known: once the parent is gone nobody can tell whose they were.
                handles.add(handle);
                handle.descendants().forEach(handles::add);
              });
    }
    handles.forEach(ProcessHandle::destroy);
    if (gone(handles, patience)) {
      return;
    }
    handles.forEach(ProcessHandle::destroy);
    if (!gone(handles, Duration.ofSeconds(3))) {
      handles.forEach(ProcessHandle::destroyForcibly);
      gone(handles, Duration.ofSeconds(5));
    }
  }

  private static boolean gone(List<ProcessHandle> handles, Duration limit) {
    long start = System.nanoTime();
    while (handles.stream().anyMatch(handle -> handle.isAlive() && ProcessIdentity.of(handle.pid()).isAlive())) {
      if (System.nanoTime() - start > limit.toNanos()) {
        return false;
      }
      pause(POLL);
    }
    return true;
  }

  /** Waits; an interrupt ends the wait early and is kept. */
  public static void pause(Duration duration) {
    try {
      TimeUnit.NANOSECONDS.sleep(duration.toNanos());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Runs a program to its end.
   *
   * @return its exit status and output, or status 127 when there is no such program
   */
  public static Outcome run(List<String> command, Map<String, String> environment, Duration limit) {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().putAll(environment);
    builder.redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
    try {
      Process process = builder.start();
      Thread watch =
          Thread.startVirtualThread(
              () -> {
                pause(limit);
                process.destroyForcibly();
              });
      String output = new String(process.getInputStream().readAllBytes(), UTF_8);
      int status = process.waitFor();
      watch.interrupt();
      return new Outcome(status, output);
    } catch (IOException e) {
      return new Outcome(127, String.valueOf(e.getMessage()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Outcome(130, "interrupted");
    }
  }

  /**
   * How a program ended.
   *
   * @param status its exit status
   * @param output what it wrote, both streams together
   */
  public record Outcome(int status, String output) {
    /** Returns true for status 0. */
    public boolean ok() {
      return status == 0;
    }
  }
}
