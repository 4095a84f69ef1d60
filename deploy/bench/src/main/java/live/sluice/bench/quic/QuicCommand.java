package live.sluice.bench.quic;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import live.sluice.bench.measure.Machine;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.json.JsonMapper;

/** {@code ./sluice bench quic}: the transport alone, beside kwik as it comes and quiche. */
@Command(
    name = "quic",
    description = "What QUIC carries as datagrams on this machine: the hops' transport, stock kwik, and Netty's quiche.")
public final class QuicCommand implements Callable<Integer> {

  @Option(names = "--engines", split = ",", defaultValue = "sluice,quiche,kwik", description = "Which: ${DEFAULT-VALUE}.")
  private List<String> engines = List.of();

  @Option(names = "--rates", split = ",", defaultValue = "20000,40000", description = "Datagrams a second: ${DEFAULT-VALUE}.")
  private List<Integer> rates = List.of();

  @Option(names = "--size", defaultValue = "1200", description = "Bytes of a datagram: ${DEFAULT-VALUE}.")
  private int size;

  @Option(names = "--warm-up", defaultValue = "8", description = "Seconds that are not measured: ${DEFAULT-VALUE}.")
  private int warmUp;

  @Option(names = "--for", defaultValue = "10", description = "Seconds that are: ${DEFAULT-VALUE}.")
  private int measured;

  @Option(names = "--rounds", defaultValue = "3", description = "Each of them so often, in turns: ${DEFAULT-VALUE}.")
  private int rounds;

  @Option(
      names = "--far",
      split = ",",
      defaultValue = "0,0.02,0.05",
      description = "Also 1,000 a second over 40 ms each way with these shares lost: ${DEFAULT-VALUE}; 'none' for not.")
  private List<String> far = List.of();

  @Option(names = "--json", description = "Writes all figures to this file.")
  private @Nullable Path json;

  @Override
  public Integer call() {
    List<QuicRun> plan = new ArrayList<>();
    for (int round = 0; round < rounds; round++) {
      for (int rate : rates) {
        for (String engine : engines) {
          // Stock kwik delivers some 50 a second, whatever is asked of it: the rest piles up without a bound.
          plan.add(new QuicRun(engine, engine.equals("kwik") ? Math.min(rate, 1000) : rate, size, warmUp, measured, 0, 0));
        }
      }
    }
    for (String loss : far) {
      for (String engine : loss.equals("none") ? List.<String>of() : engines) {
        plan.add(new QuicRun(engine, 1000, size, warmUp, measured, 40, Double.parseDouble(loss)));
      }
    }
    System.out.printf(
        "%-8s %7s %6s %6s %10s %9s %9s %12s %12s%n",
        "engine", "per s", "delay", "loss", "delivered", "p50 ms", "p99 ms", "send %/1000", "recv %/1000");
    List<QuicRun.Result> results = new ArrayList<>();
    for (QuicRun run : plan) {
      QuicRun.Result result = run.run();
      results.add(result);
      System.out.printf(
          "%-8s %7d %4dms %5.1f%% %9.2f%% %9.2f %9.2f %12.2f %12.2f%n",
          result.engine(),
          result.rate(),
          result.delayMs(),
          100 * result.loss(),
          100 * result.delivered(),
          result.p50Micros() / 1000.0,
          result.p99Micros() / 1000.0,
          result.senderShare(),
          result.receiverShare());
    }
    Path file = json;
    if (file != null) {
      write(file, results);
    }
    return 0;
  }

  private static void write(Path file, List<QuicRun.Result> results) {
    try {
      Files.writeString(
          file,
          JsonMapper.builder()
              .build()
              .writerWithDefaultPrettyPrinter()
              .writeValueAsString(Map.of("machine", Machine.here(), "runs", results)));
    } catch (IOException e) {
      throw new UncheckedIOException("can't write " + file, e);
    }
  }
}
