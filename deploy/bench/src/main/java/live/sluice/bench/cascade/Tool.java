package live.sluice.bench.cascade;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import live.sluice.bench.BenchException;

/** Runs {@code ./sluice lab} and other commands of the load generator as processes. */
final class Tool {
  private static final long LIMIT_SECONDS = 300;

  private final String lab;

  /** For the laboratory of that name. */
  Tool(String lab) {
    this.lab = lab;
  }

  /** Runs a command of the laboratory, which has to succeed; what it said. */
  String lab(String command, String... arguments) {
    List<String> all = new ArrayList<>();
    all.add(Path.of(System.getProperty("sluice.checkout", "."), "sluice").toString());
    all.addAll(List.of("lab", command, "--name", lab));
    all.addAll(List.of(arguments));
    try {
      Process process =
          new ProcessBuilder(all).redirectError(ProcessBuilder.Redirect.INHERIT).start();
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      boolean ended = process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS);
      if (!command.equals("status") && (!ended || process.exitValue() != 0)) {
        throw new BenchException("./sluice lab " + command + " failed:\n" + said);
      }
      return said;
    } catch (IOException e) {
      throw new BenchException("can't run ./sluice lab " + command + ": " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BenchException("interrupted");
    }
  }

  /** Starts a command of the load generator. */
  Process bench(Path log, String... arguments) {
    List<String> all = new ArrayList<>();
    all.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    all.addAll(
        List.of(
            "-XX:+UseSerialGC",
            "-Xmx384m",
            "--sun-misc-unsafe-memory-access=allow",
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("java.class.path"),
            "live.sluice.bench.Main"));
    all.addAll(List.of(arguments));
    try {
      return new ProcessBuilder(all).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    } catch (IOException e) {
      throw new BenchException("can't start the load: " + e.getMessage());
    }
  }
}
