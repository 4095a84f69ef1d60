package live.sluice.systemtest.kit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** A program that was started, with what it says in a file. It ends with this JVM at the latest. */
public final class Proc implements AutoCloseable {

  private static final Set<Proc> RUNNING = ConcurrentHashMap.newKeySet();

  static {
    Runtime.getRuntime().addShutdownHook(new Thread(() -> RUNNING.forEach(Proc::kill9), "end-programs"));
  }

  private final String name;
  private final Path log;
  private final Process process;

  private Proc(String name, Path log, Process process) {
    this.name = name;
    this.log = log;
    this.process = process;
  }

  /** Starts {@code command}; both its outputs are appended to {@code log}. */
  public static Proc start(String name, Path log, List<String> command, Map<String, String> environment) {
    try {
      Files.createDirectories(log.getParent());
      ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
      builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
      builder.environment().putAll(environment);
      Proc proc = new Proc(name, log, builder.start());
      RUNNING.add(proc);
      return proc;
    } catch (IOException e) {
      throw new UncheckedIOException("can't start " + name + ": " + command, e);
    }
  }

  /** Runs {@code command} to its end and returns what it said; fails when it fails or does not end in time. */
  public static String run(Path log, Duration limit, List<String> command, Map<String, String> environment) {
    try (Proc proc = start(command.getFirst(), log, command, environment)) {
      int status = proc.awaitExit(limit);
      if (status != 0) {
        throw new AssertionError("exit status " + status + " of " + command + ":\n" + proc.output());
      }
      return proc.output();
    }
  }

  /** The process id. */
  public long pid() {
    return process.pid();
  }

  /** The file with both its outputs. */
  public Path log() {
    return log;
  }

  /** What it said so far. */
  public String output() {
    try {
      return Files.readString(log, StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whether it still runs. */
  public boolean isAlive() {
    return process.isAlive();
  }

  /** Waits for its end and returns its exit status. */
  public int awaitExit(Duration limit) {
    try {
      if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new AssertionError(name + " did not end within " + limit.toMillis() + " ms; it said:\n" + output());
      }
      RUNNING.remove(this);
      return process.exitValue();
    } catch (InterruptedException e) {
      throw new AssertionError("interrupted while waiting for " + name, e);
    }
  }

  /** SIGTERM. */
  public void terminate() {
    process.destroy();
  }

  /** SIGKILL, to it and to what it started. */
  public void kill9() {
    List<ProcessHandle> family = process.descendants().toList();
    process.destroyForcibly();
    family.forEach(ProcessHandle::destroyForcibly);
  }

  /** SIGTERM, and SIGKILL to whoever is still there after five seconds. */
  @Override
  public void close() {
    List<ProcessHandle> family = process.descendants().toList();
    try {
      if (process.isAlive()) {
        process.destroy();
        if (!process.waitFor(5, TimeUnit.SECONDS)) {
          kill9();
          process.waitFor(5, TimeUnit.SECONDS);
        }
      }
    } catch (InterruptedException e) {
      kill9();
      Thread.currentThread().interrupt();
    }
    family.forEach(ProcessHandle::destroyForcibly);
    RUNNING.remove(this);
  }

  @Override
  public String toString() {
    return name + " (" + process.pid() + ')';
  }
}
