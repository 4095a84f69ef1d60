package live.sluice.bench.floor;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import live.sluice.bench.BenchException;
import live.sluice.bench.proc.Child;
import live.sluice.bench.proc.Programs;
import org.jspecify.annotations.Nullable;

/**
 * The C program, compiled.
 *
 * @param file the executable
 */
public record FloorProgram(Path file) {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  /**
   * Compiles it, which takes a fraction of a second.
   *
   * @param directory where to; whoever made it removes it
   */
  public static FloorProgram compile(Path directory) {
    Path compiler =
        Programs.find("cc", "gcc", "clang")
            .orElseThrow(
                () ->
                    new BenchException(
                        "the floor is a small C program that is compiled when it is used, and there is no C compiler"
                            + " here. As root: apt-get install -y gcc libc6-dev"));
    Path source = directory.resolve("floor.c");
    Path program = directory.resolve("floor");
    try (InputStream in = FloorProgram.class.getResourceAsStream("floor.c")) {
      if (in == null) {
        throw new BenchException("the floor's source is not in this distribution");
      }
      Files.write(source, in.readAllBytes());
    } catch (IOException e) {
      throw new BenchException("cannot write " + source + ": " + e.getMessage(), e);
    }
    List<String> command = List.of(compiler.toString(), "-O2", "-o", program.toString(), source.toString());
    try (Child child = Child.start("the C compiler", command, directory.resolve("compiler.log"), Map.of())) {
      if (child.awaitExit(LIMIT) != 0) {
        throw new BenchException(
            "the floor's C program can't be compiled; are C's headers here (apt-get install -y libc6-dev)?\n  "
                + child.lastWords());
      }
    }
    return new FloorProgram(program);
  }

  /**
   * The command that runs it.
   *
   * @param flv what it plays, again and again
   * @param port on 127.0.0.1; 0: it chooses one, and says which
   * @param windowMs how long it gathers tags between two writes; 0: each on its own
   * @param length after which it ends, in whole seconds; null: when it is told to
   */
  public List<String> command(Path flv, int port, long windowMs, @Nullable Duration length) {
    List<String> command = new ArrayList<>();
    command.add(file.toString());
    command.add(flv.toString());
    command.add(Integer.toString(port));
    command.add(Long.toString(windowMs));
    if (length != null) {
      command.add(Long.toString(Math.max(1, length.toSeconds())));
    }
    return command;
  }
}
