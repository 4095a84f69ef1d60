package live.sluice.hop.kwik;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
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
    try (KwikTransport server = new KwikTransport(new LoopbackSecurity());
        KwikTransport client = new KwikTransport(new LoopbackSecurity())) {
      InetSocketAddress address =
          server.listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), connection -> new Nobody());
      HopConnection connection =
          client.connect(address, made -> new Nobody()).toCompletableFuture().get(5, TimeUnit.SECONDS);
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
  }

  /** Takes everything, and does nothing with it. */
  private static final class Nobody implements ConnectionEvents {
    @Override
    public void datagram(byte[] data) {}

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
