package live.sluice.hop.kwik;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.security.KeyStoreException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import live.sluice.hop.transport.ConnectionEvents;
import live.sluice.hop.transport.HopConnection;
import live.sluice.hop.transport.HopSecurity;
import live.sluice.media.SluiceException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tech.kwik.core.QuicConnection;
import tech.kwik.core.QuicStream;
import tech.kwik.core.server.ApplicationProtocolConnection;
import tech.kwik.core.server.ApplicationProtocolConnectionFactory;
import tech.kwik.core.server.ServerConnection;

/** Takes connections that other nodes have dialled, as soon as it is known who they are. */
final class Accepting implements ApplicationProtocolConnectionFactory {
  private static final Logger LOG = LoggerFactory.getLogger(Accepting.class);

  /** How long a client may take to prove who it is. */
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  /** Connections that have not proved it yet. */
  private static final int MOST_UNKNOWN = 64;

  private final HopSecurity security;
  private final ScheduledExecutorService timer;
  private final StreamWatchdog watchdog;
  private final Function<HopConnection, ConnectionEvents> accepted;
  private final Set<HopConnection> connections;
  private final Semaphore unknown = new Semaphore(MOST_UNKNOWN);

  Accepting(
      HopSecurity security,
      ScheduledExecutorService timer,
      StreamWatchdog watchdog,
      Function<HopConnection, ConnectionEvents> accepted,
      Set<HopConnection> connections) {
    this.security = security;
    this.timer = timer;
    this.watchdog = watchdog;
    this.accepted = accepted;
    this.connections = connections;
  }

  @Override
  public boolean enableDatagramExtension() {
    return true;
  }

  @Override
  public int maxConcurrentPeerInitiatedUnidirectionalStreams() {
    return KwikTransport.MAX_STREAMS;
  }

  @Override
  public int maxConcurrentPeerInitiatedBidirectionalStreams() {
    return 1;
  }

  @Override
  public ApplicationProtocolConnection createConnection(String protocol, QuicConnection quic) {
    KwikTransport.Early early = new KwikTransport.Early();
    quic.setConnectionListener(early);
    if (!unknown.tryAcquire()) {
      quic.close();
      return new ApplicationProtocolConnection() {};
    }
    Introducing introducing = new Introducing(quic, early);
    return introducing;
  }

  /** A connection until its client is known, and then what its further streams come by. */
  private final class Introducing implements ApplicationProtocolConnection {
    private final QuicConnection quic;
    private final KwikTransport.Early early;
    private final AtomicBoolean begun = new AtomicBoolean();
    private final AtomicBoolean counted = new AtomicBoolean(true);
    private final Deadline deadline;

    Introducing(QuicConnection quic, KwikTransport.Early early) {
      this.quic = quic;
      this.early = early;
      this.deadline =
          new Deadline(
              timer,
              PATIENCE,
              () -> {
                giveBack();
                quic.close();
              });
    }

    private void giveBack() {
      if (counted.compareAndSet(true, false)) {
        unknown.release();
      }
    }

    @Override
    public void acceptPeerInitiatedStream(QuicStream stream) {
      if (begun.compareAndSet(false, true)) {
        Thread.ofVirtual().name("sluice-hop-introduction").start(() -> introduce(stream));
      } else {
        early.stream(stream);
      }
    }

    private void introduce(QuicStream first) {
      InetSocketAddress remote = ((ServerConnection) quic).getInitialRemoteAddress();
      try {
        DataInputStream in = new DataInputStream(first.getInputStream());
        String peer = Introduction.ofServer(in, first.getOutputStream(), security, own());
        deadline.met();
        early.become(
            new KwikConnection(
                quic,
                watchdog,
                peer,
                remote,
                false,
                first,
                in,
                connection -> {
                  connections.add(connection);
                  return new Forgetting(accepted.apply(connection), connection, connections);
                }));
      } catch (IOException | SluiceException e) {
        LOG.atWarn()
            .addKeyValue("from", remote)
            .addKeyValue("cause", SluiceException.chainOf(e))
            .log("a node that dialled was refused");
        quic.close();
      } finally {
        giveBack();
      }
    }

    private X509Certificate own() {
      try {
        return (X509Certificate) security.keys().getCertificate(security.alias());
      } catch (KeyStoreException e) {
        throw new IllegalStateException("the key store was loaded", e);
      }
    }
  }
}
