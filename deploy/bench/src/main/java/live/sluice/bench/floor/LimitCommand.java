package live.sluice.bench.floor;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import live.sluice.bench.BenchException;
import live.sluice.bench.proc.Scratch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Runs the floor, for {@code bench play} to load it just as it loads a server. */
@Command(
    name = "limit",
    description = {
      "The floor: a bare loop that only calls writev, as a server to measure others by.",
      "It serves a recorded stream as HTTP-FLV to whoever asks, on 127.0.0.1."
    },
    mixinStandardHelpOptions = true)
public final class LimitCommand implements Callable<Integer> {
  /** Where the stream comes from: one of them. */
  static final class Source {
    @Option(names = "--file", paramLabel = "FLV", description = "The stream, played again and again.")
    @Nullable Path file;

    @Option(names = "--from", paramLabel = "URL", description = "HTTP-FLV of a live stream: it is recorded first.")
    @Nullable URI url;
  }

  @ArgGroup(multiplicity = "1")
  private Source source = new Source();

  @Option(names = "--record", defaultValue = "15s", description = "How much of --from is recorded (${DEFAULT-VALUE}).")
  private Duration record = Duration.ofSeconds(15);

  @Option(
      names = "--window",
      paramLabel = "MS",
      defaultValue = "350",
      description = "Time between two writes, in ms; 0: each tag on its own (${DEFAULT-VALUE}).")
  private int window;

  @Option(names = "--port", defaultValue = "0", description = "Port; 0: a free one, which is told.")
  private int port;

  @Option(names = "--for", paramLabel = "TIME", description = "When it ends by itself.")
  private @Nullable Duration length;

  @Override
  public Integer call() {
    if (window < 0 || window > 10_000) {
      throw new BenchException("--window is a number of ms from 0 to 10000");
    }
    try (Scratch scratch = Scratch.create("sluice-limit")) {
      FloorProgram program = FloorProgram.compile(scratch.directory());
      Path file = source.file;
      if (source.url != null) {
        file = scratch.directory().resolve("recorded.flv");
        System.err.println("Recording " + record.toSeconds() + " s of " + source.url + " ...");
        FlvRecorder.record(source.url, record, file);
      }
      if (file == null || !Files.isReadable(file)) {
        throw new BenchException("cannot read " + file);
      }
      return run(program, file);
    }
  }

  private int run(FloorProgram program, Path file) {
    try {
      Process process = new ProcessBuilder(program.command(file, port, window, length)).inheritIO().start();
      Runtime.getRuntime().addShutdownHook(new Thread(() -> end(process), "end-floor"));
      return process.waitFor();
    } catch (IOException e) {
      throw new BenchException("cannot run the floor: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return 1;
    }
  }

  private static void end(Process process) {
    process.destroy();
    try {
      process.waitFor();
    } catch (InterruptedException e) {
      process.destroyForcibly();
    }
  }
}
