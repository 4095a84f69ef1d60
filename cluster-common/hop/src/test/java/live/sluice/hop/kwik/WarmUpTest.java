package live.sluice.hop.kwik;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import live.sluice.hop.identity.LoopbackSecurity;
import live.sluice.hop.transport.ConnectionEvents;
import live.sluice.hop.transport.HopConnection;
import live.sluice.hop.transport.HopTransport;
import live.sluice.media.ErrorCode;
import live.sluice.media.SluiceException;
import live.sluice.media.testing.Await;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** Code that is not compiled yet drops what comes in the first seconds of a link: a node warms it up when it begins. */
class WarmUpTest {
  private static final Duration SHORT = Duration.ofMillis(300);

  private final Logger log = (Logger) LoggerFactory.getLogger(WarmUp.class);
  private final ListAppender<ILoggingEvent> told = new ListAppender<>();
  private final List<Seen> transports = new ArrayList<>();

  @BeforeEach
  void listen() {
    told.start();
    log.addAppender(told);
  }

  @AfterEach
  void stopListening() {
    log.detachAppender(told);
  }

  private Seen seen(boolean works) {
    Seen made = new Seen(new KwikTransport(new LoopbackSecurity()), works);
    transports.add(made);
    return made;
  }

  @Test
  void datagramsCrossALinkOfTheNodeWithItself() {
    assertThat(WarmUp.run(SHORT, () -> seen(true))).isGreaterThan(100);
    assertThat(transports).hasSize(2).allMatch(it -> it.closed);
    assertThat(told.list).noneMatch(it -> it.getMessage().contains("could not"));
  }

  @Test
  void itLeavesNeitherThreadsNorSockets() {
    WarmUp.run(Duration.ofMillis(1), () -> seen(true)); // what is made once stays
    Set<Thread> before = new HashSet<>(Thread.getAllStackTraces().keySet());
    WarmUp.run(SHORT, () -> seen(true));
    Await.until("its threads are gone", () -> before.containsAll(Thread.getAllStackTraces().keySet()));
    Await.until("its port is free", () -> transports.stream().allMatch(Seen::isFree));
  }

  @Test
  void whereItCantListenThatIsToldAndNothingElse() {
    assertThat(WarmUp.run(SHORT, () -> seen(false))).isZero();
    assertThat(told.list)
        .singleElement()
        .satisfies(it -> assertThat(it.getFormattedMessage()).contains("could not be warmed up", "no port"));
    assertThat(transports).hasSize(2).allMatch(it -> it.closed);
  }

  /** A transport whose end and address are seen. */
  private static final class Seen implements HopTransport {
    private final HopTransport real;
    private final boolean works;
    private int port;
    private boolean closed;

    Seen(HopTransport real, boolean works) {
      this.real = real;
      this.works = works;
    }

    boolean isFree() {
      if (port == 0) {
        return true;
      }
      try (DatagramSocket socket = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))) {
        return socket.isBound();
      } catch (SocketException taken) {
        return false;
      }
    }

    @Override
    public InetSocketAddress listen(
        InetSocketAddress address, Function<HopConnection, ConnectionEvents> accepted) {
      if (!works) {
        throw new SluiceException(ErrorCode.LISTEN_FAILED, "there is no port");
      }
      InetSocketAddress there = real.listen(address, accepted);
      port = there.getPort();
      return there;
    }

    @Override
    public CompletionStage<HopConnection> connect(
        InetSocketAddress address, Function<HopConnection, ConnectionEvents> events) {
      return real.connect(address, events);
    }

    @Override
    public void close() {
      closed = true;
      real.close();
    }
  }
}
