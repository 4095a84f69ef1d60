package live.sluice.bench.proc;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import live.sluice.bench.BenchException;

/**
 * A program that this one started and will end, by its own id, with whatever it started itself. The end of this JVM ends
 * all of them. Any thread.
 */
public final class Child implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final int TOLD_LINES = 8;

  /** Guarded by itself; once the JVM ends nothing more is started. */
  private static final Set<Child> RUNNING = new LinkedHashSet<>();

  private static boolean ending;

  static {
    Runtime.getRuntime().addShutdownHook(new Thread(Child::endAll, "end-children"));
  }

  private final String name;
  private final Path log;
  private final Process process;

  private Child(String name, Path log, Process process) {
    this.name = name;
    this.log = log;
    this.process = process;
  }

  /**
   * Starts a program.
   *
   * @param name what it is called in messages
   * @param log where all that it says goes
   */
  public static Child start(String name, List<String> command, Path log, Map<String, String> environment) {
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    builder.environment().putAll(environment);
    synchronized (RUNNING) {
      if (ending) {
        throw new BenchException("ended before " + name + " was started");
      }
      try {
        Child child = new Child(name, log, builder.start());
        RUNNING.add(child);
        return child;
      } catch (IOException e) {
        throw new BenchException("cannot start " + name + ": " + e.getMessage(), e);
      }
    }
  }

  private static void endAll() {
    List<Child> running;
    synchronized (RUNNING) {
      ending = true;
      running = List.copyOf(RUNNING);
    }
    // All are asked at once, so that the slowest is waited for and not their sum.
    running.forEach(child -> child.process.destroy());
    running.forEach(Child::close);
  }

  /** Its process id. */
  public long pid() {
    return process.pid();
  }

  /** Whether it still runs. */
  public boolean isAlive() {
    return process.isAlive();
  }

  /** All that it said so far. */
  public String output() {
    try {
      return Files.readString(log, StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      return "";
    }
  }

  /** Its last lines, for messages. */
  public String lastWords() {
    List<String> lines = output().lines().filter(line -> !line.isBlank()).toList();
    return String.join("\n  ", lines.subList(Math.max(0, lines.size() - TOLD_LINES), lines.size()));
  }

  /** Asks it to end (SIGTERM), and does not wait. */
  public void terminate() {
    process.destroy();
  }

  /**
   * Waits for its end.
   *
   * @return its exit status
   * @throws BenchException when it has not ended in time
   */
  public int awaitExit(Duration limit) {
    try {
      if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new BenchException(name + " did not end within " + limit.toSeconds() + " s:\n  " + lastWords());
      }
      return process.exitValue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BenchException("interrupted while " + name + " ran", e);
    }
  }

  /** SIGTERM, and SIGKILL for what is still there after five seconds. */
  @Override
  public void close() {
    List<ProcessHandle> family = process.descendants().toList();
    process.destroy();
    try {
      if (!process.waitFor(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
        process.destroyForcibly().waitFor(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
    family.forEach(ProcessHandle::destroyForcibly);
    synchronized (RUNNING) {
      RUNNING.remove(this);
    }
  }

  @Override
  public String toString() {
    return name + " (" + process.pid() + ')';
  }
}
