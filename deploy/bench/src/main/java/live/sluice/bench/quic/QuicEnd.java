package live.sluice.bench.quic;

import com.sun.management.OperatingSystemMXBean;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;

/**
 * One end of a run, a process of its own: {@code server ENGINE RATE WARM-UP MEASURED} says {@code port N}, and {@code done
 * RECEIVED P50 P99 CPU} in the end, in µs and ms of processor time; {@code client ENGINE RATE WARM-UP MEASURED PORT SIZE}
 * says {@code done SENT CPU}. Times in seconds. Each datagram bears its number and the time when it was sent, by the clock
 * that both processes have in common.
 */
public final class QuicEnd {
  private static final OperatingSystemMXBean SYSTEM =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

  private static final int SAMPLED = 256;

  private QuicEnd() {}

  /** Runs one end until it is told to stop by the end of its input, or is done. */
  public static void main(String[] arguments) throws Exception {
    int rate = Integer.parseInt(arguments[2]);
    int warmUp = Integer.parseInt(arguments[3]);
    int measured = Integer.parseInt(arguments[4]);
    try (Engine engine = Engine.named(arguments[1])) {
      if (arguments[0].equals("server")) {
        serve(engine, (long) rate * warmUp, (long) rate * (warmUp + measured));
      } else {
        send(engine, rate, warmUp, measured, Integer.parseInt(arguments[5]), Integer.parseInt(arguments[6]));
      }
    }
    System.exit(0);
  }

  private static void serve(Engine engine, long first, long end) throws Exception {
    Histogram delays = new Histogram(60_000_000L, 3);
    AtomicLong received = new AtomicLong();
    long[] cpu = new long[2];
    int port =
        engine.listen(
            data -> {
              ByteBuffer in = ByteBuffer.wrap(data);
              long number = in.getLong();
              if (number >= first && number < end) {
                long count = received.incrementAndGet();
                // Asking for it costs as much as a datagram.
                if (count % SAMPLED == 1) {
                  cpu[count == 1 ? 0 : 1] = SYSTEM.getProcessCpuTime();
                }
                delays.recordValue(Math.clamp((System.nanoTime() - in.getLong()) / 1000, 0, 60_000_000L));
              }
            });
    System.out.println("port " + port);
    BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    while (in.readLine() != null) {
      // Until the other side of the pipe closes it.
    }
    System.out.println(
        "done "
            + received.get()
            + ' '
            + delays.getValueAtPercentile(50)
            + ' '
            + delays.getValueAtPercentile(99)
            + ' '
            + ((cpu[1] == 0 ? SYSTEM.getProcessCpuTime() : cpu[1]) - cpu[0]) / 1_000_000);
  }

  private static void send(Engine engine, int rate, int warmUp, int measured, int port, int size) throws Exception {
    engine.connect(port);
    long first = (long) rate * warmUp;
    long end = (long) rate * (warmUp + measured);
    long cpu = 0;
    long start = System.nanoTime();
    for (long number = 0; number < end; ) {
      long due = Math.min(end, (System.nanoTime() - start) * rate / 1_000_000_000L);
      for (; number < due; number++) {
        if (number == first) {
          cpu = SYSTEM.getProcessCpuTime();
        }
        engine.send(ByteBuffer.allocate(size).putLong(number).putLong(System.nanoTime()).array());
      }
      engine.flush();
      LockSupport.parkNanos(1_000_000);
    }
    long used = (SYSTEM.getProcessCpuTime() - cpu) / 1_000_000;
    // What was sent last is to arrive.
    Thread.sleep(500);
    System.out.println("done " + (end - first) + ' ' + used);
  }
}
