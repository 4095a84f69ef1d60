package live.sluice.bench.quic;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import live.sluice.bench.BenchException;

/**
 * One engine at one rate over one way, as two processes.
 *
 * @param engine {@code sluice}, {@code kwik} or {@code quiche}
 * @param rate datagrams a second
 * @param size bytes of a datagram
 * @param warmUp seconds that are not measured
 * @param measured seconds that are
 * @param delayMs each way; 0 for none
 * @param loss share of packets lost, each way
 */
record QuicRun(String engine, int rate, int size, int warmUp, int measured, int delayMs, double loss) {

  /**
   * What came of it. Processor time in ms, delays in µs; of what was measured only.
   *
   */
  record Result(
      String engine,
      int rate,
      int delayMs,
      double loss,
      long sent,
      long received,
      long p50Micros,
      long p99Micros,
      long senderCpuMs,
      long receiverCpuMs,
      int seconds) {

    double delivered() {
      return sent == 0 ? 0 : (double) received / sent;
    }

    /** Percent of a core for 1,000 datagrams a second that were to be sent. */
    double senderShare() {
      return 100.0 * senderCpuMs / (seconds * 1000.0) / (rate / 1000.0);
    }

    double receiverShare() {
      return 100.0 * receiverCpuMs / (seconds * 1000.0) / (rate / 1000.0);
    }
  }

  Result run() {
    try (End server = new End(command("server"));
        Relay relay = new Relay(Integer.parseInt(server.await("port")[1]), delayMs, loss)) {
      List<String> command = command("client");
      command.add(Integer.toString(relay.port()));
      command.add(Integer.toString(size));
      String[] sent;
      try (End client = new End(command)) {
        sent = client.await("done");
      }
      server.closeInput();
      String[] received = server.await("done");
      return new Result(
          engine,
          rate,
          delayMs,
          loss,
          Long.parseLong(sent[1]),
          Long.parseLong(received[1]),
          Long.parseLong(received[2]),
          Long.parseLong(received[3]),
          Long.parseLong(sent[2]),
          Long.parseLong(received[4]),
          measured);
    } catch (IOException e) {
      throw new BenchException("can't run " + engine + ": " + e.getMessage());
    }
  }

  private List<String> command(String end) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "-XX:+UseParallelGC",
            "-Xmx512m",
            "--sun-misc-unsafe-memory-access=allow",
            "--enable-native-access=ALL-UNNAMED",
            "-Dslf4j.internal.verbosity=ERROR",
            "-cp",
            classPath(),
            QuicEnd.class.getName(),
            end,
            engine,
            Integer.toString(rate),
            Integer.toString(warmUp),
            Integer.toString(measured)));
    return command;
  }

  /** Kwik as it comes needs its own jar, in the place of the one that this project makes of it. */
  private String classPath() {
    String own = expanded(System.getProperty("java.class.path"));
    if (!engine.equals("kwik")) {
      return own;
    }
    List<String> entries = new ArrayList<>();
    for (String entry : own.split(":", -1)) {
      if (!entry.contains("kwik-media")) {
        entries.add(entry);
      }
    }
    entries.add(stock().toString());
    return String.join(":", entries);
  }

  /** Beside the libraries of the load generator. */
  private static Path stock() {
    for (String entry : System.getProperty("java.class.path").split(":", -1)) {
      Path target = Path.of(entry).toAbsolutePath().getParent();
      Path folder = target == null ? null : target.resolve("stock");
      if (folder != null && Files.isDirectory(folder)) {
        try (Stream<Path> files = Files.list(folder)) {
          return files.filter(file -> file.getFileName().toString().startsWith("kwik-")).findFirst().orElseThrow();
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }
    }
    throw new BenchException("kwik's own jar is not beside the load generator; build it by ./sluice build");
  }

  private static String expanded(String classPath) {
    return Arrays.stream(classPath.split(":"))
        .flatMap(entry -> entry.endsWith("/*") ? jars(entry.substring(0, entry.length() - 2)) : Stream.of(entry))
        .collect(Collectors.joining(":"));
  }

  private static Stream<String> jars(String folder) {
    try (Stream<Path> files = Files.list(Path.of(folder))) {
      return files.map(Path::toString).filter(name -> name.endsWith(".jar")).toList().stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A process that is one end. */
  private static final class End implements AutoCloseable {
    private final Process process;
    private final BufferedReader out;

    End(List<String> command) throws IOException {
      process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
      out = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    /** Reads on to the line that begins with that word; its words. */
    String[] await(String word) throws IOException {
      for (String line = out.readLine(); line != null; line = out.readLine()) {
        if (line.startsWith(word + ' ')) {
          return line.split(" ");
        }
      }
      throw new IOException("it ended before it said '" + word + "'");
    }

    void closeInput() throws IOException {
      process.getOutputStream().close();
    }

    @Override
    public void close() {
      process.destroy();
    }
  }
}
