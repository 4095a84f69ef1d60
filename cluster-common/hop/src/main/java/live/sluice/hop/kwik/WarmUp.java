package live.sluice.hop.kwik;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import live.sluice.hop.identity.LoopbackSecurity;
import live.sluice.hop.transport.ConnectionEvents;
import live.sluice.hop.transport.HopConnection;
import live.sluice.hop.transport.HopTransport;
import live.sluice.hop.transport.InStream;
import live.sluice.media.SluiceException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends datagrams from this node to itself until the code is compiled: code that runs for the first time is ten times as slow,
 * and drops what comes in the first seconds of a link.
 */
public final class WarmUp {
  private static final Logger LOG = LoggerFactory.getLogger(WarmUp.class);

  /** Datagrams in each step of a ms: few enough for code that is not compiled yet. */
  private static final int A_STEP = 4;

  private static final long STEP_NANOS = 1_000_000;

  private WarmUp() {}

  /** Sends for {@code time}; blocks for as long. Where it can't, that is told and nothing else. */
  public static void run(Duration time) {
    long arrived = run(time, () -> new KwikTransport(new LoopbackSecurity()));
    LOG.debug("Links are warmed up by {} datagrams", arrived);
  }

  /** The same over such transports; tells how many datagrams arrived. */
  static long run(Duration time, Supplier<? extends HopTransport> transports) {
    LongAdder arrived = new LongAdder();
    try (HopTransport server = transports.get();
        HopTransport client = transports.get()) {
      InetSocketAddress address =
          server.listen(
              new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), connection -> new Nobody(arrived));
      HopConnection connection =
          client.connect(address, made -> new Nobody(arrived)).toCompletableFuture().get(5, TimeUnit.SECONDS);
      long end = System.nanoTime() + time.toNanos();
      while (System.nanoTime() - end < 0) {
        for (int i = 0; i < A_STEP; i++) {
          connection.send(new byte[HopTransport.MAX_DATAGRAM]);
        }
        connection.flush();
        LockSupport.parkNanos(STEP_NANOS);
      }
    } catch (SluiceException | ExecutionException | TimeoutException e) {
      LOG.info("Links could not be warmed up; the first packets over one may be late: {}", SluiceException.chainOf(e));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return arrived.sum();
  }

  /** Takes everything, and does no more with it than count. */
  private record Nobody(LongAdder arrived) implements ConnectionEvents {
    @Override
    public void datagram(byte[] data) {
      arrived.increment();
    }

    @Override
    public void control(byte[] message) {}

    @Override
    public InStream stream() {
      return new InStream() {
        @Override
        public void bytes(byte[] data) {}

        @Override
        public void ended(boolean whole) {}
      };
    }

    @Override
    public void closed(String why) {}
  }
}
