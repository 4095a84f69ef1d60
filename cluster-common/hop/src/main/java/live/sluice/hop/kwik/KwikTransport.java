package live.sluice.hop.kwik;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Function;
import live.sluice.hop.transport.ConnectionEvents;
import live.sluice.hop.transport.HopConnection;
import live.sluice.hop.transport.HopSecurity;
import live.sluice.hop.transport.HopTransport;
import live.sluice.kwik.QuicSockets;
import live.sluice.media.Addresses;
import live.sluice.media.ErrorCode;
import live.sluice.media.SluiceException;
import org.jspecify.annotations.Nullable;
import tech.kwik.core.ConnectionListener;
import tech.kwik.core.ConnectionTerminatedEvent;
import tech.kwik.core.QuicClientConnection;
import tech.kwik.core.QuicConnection;
import tech.kwik.core.QuicStream;
import tech.kwik.core.log.NullLogger;
import tech.kwik.core.server.ServerConnectionConfig;
import tech.kwik.core.server.ServerConnector;

/** QUIC by kwik. */
public final class KwikTransport implements HopTransport {
  /** The protocol as TLS names it; "roq" is reserved for RTP over QUIC's draft, which this is not. */
  static final String PROTOCOL = "sluice-hop/1";

  static final int MAX_STREAMS = 1000;
  static final long STREAM_BUFFER = 1 << 20;
  static final long CONNECTION_BUFFER = 16 << 20;

  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
  private static final Duration IDLE_TIMEOUT = Duration.ofSeconds(30);

  private final HopSecurity security;
  private final ScheduledExecutorService timer;
  private final StreamWatchdog watchdog;
  private final Set<HopConnection> connections = ConcurrentHashMap.newKeySet();
  private @Nullable ServerConnector connector;
  private volatile boolean closed;

  /** Listens nowhere yet. */
  public KwikTransport(HopSecurity security) {
    this.security = security;
    this.timer =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("sluice-hop-timer").daemon().factory());
    this.watchdog = new StreamWatchdog(timer);
  }

  @Override
  public InetSocketAddress listen(InetSocketAddress address, Function<HopConnection, ConnectionEvents> accepted) {
    try {
      DatagramSocket socket = QuicSockets.open(address);
      ServerConnector made =
          ServerConnector.builder()
              .withSocket(socket)
              .withKeyStore(security.keys(), security.alias(), security.password())
              .withSupportedVersion(QuicConnection.QuicVersion.V1)
              .withConfiguration(
                  ServerConnectionConfig.builder()
                      .maxIdleTimeoutInSeconds((int) IDLE_TIMEOUT.toSeconds())
                      .maxOpenPeerInitiatedUnidirectionalStreams(MAX_STREAMS)
                      .maxOpenPeerInitiatedBidirectionalStreams(1)
                      .maxUnidirectionalStreamBufferSize(STREAM_BUFFER)
                      .maxBidirectionalStreamBufferSize(STREAM_BUFFER)
                      .maxConnectionBufferSize(CONNECTION_BUFFER)
                      .build())
              .withLogger(new NullLogger())
              .build();
      made.registerApplicationProtocol(PROTOCOL, new Accepting(security, timer, watchdog, accepted, connections));
      made.start();
      connector = made;
      return new InetSocketAddress(address.getAddress(), socket.getLocalPort());
    } catch (IOException | CertificateException e) {
      throw new SluiceException(
          ErrorCode.LISTEN_FAILED,
          "can't listen for links of other nodes on " + address + ": " + SluiceException.chainOf(e),
          e);
    }
  }

  @Override
  public CompletionStage<HopConnection> connect(
      InetSocketAddress address, Function<HopConnection, ConnectionEvents> events) {
    CompletableFuture<HopConnection> answer = new CompletableFuture<>();
    Thread.ofPlatform()
        .daemon()
        .name("sluice-hop-dial")
        .start(
            () -> {
              try {
                answer.complete(dial(address, events));
              } catch (SluiceException e) {
                answer.completeExceptionally(e);
              } catch (IOException | RuntimeException e) {
                answer.completeExceptionally(failure(address, e));
              }
            });
    return answer;
  }

  private static SluiceException failure(InetSocketAddress address, Exception e) {
    // kwik tells of alerts of TLS in words only.
    String why = SluiceException.chainOf(e);
    boolean certificate = why.contains("certificate") || why.contains("TLS error");
    return new SluiceException(
        certificate ? ErrorCode.UNAUTHORIZED : ErrorCode.CONNECTION_LOST, "can't link with " + Addresses.text(address) + ": " + why, e);
  }

  private HopConnection dial(InetSocketAddress address, Function<HopConnection, ConnectionEvents> events)
      throws IOException {
    InetSocketAddress resolved =
        address.isUnresolved() ? new InetSocketAddress(address.getHostString(), address.getPort()) : address;
    if (resolved.isUnresolved()) {
      throw new IOException("the name " + address.getHostString() + " is not known");
    }
    QuicClientConnection.Builder builder =
        QuicClientConnection.newBuilder()
            .host(HopSecurity.SERVER_NAME)
            .proxy(resolved.getAddress().getHostAddress())
            .port(resolved.getPort())
            .applicationProtocol(PROTOCOL)
            .connectTimeout(CONNECT_TIMEOUT)
            .maxIdleTimeout(IDLE_TIMEOUT)
            .maxOpenPeerInitiatedUnidirectionalStreams(MAX_STREAMS)
            .maxOpenPeerInitiatedBidirectionalStreams(0)
            .defaultStreamReceiveBufferSize(STREAM_BUFFER)
            .enableDatagramExtension()
            .socketFactory(QuicSockets::toward)
            .customTrustManager(security.trust())
            .logger(new NullLogger());
    QuicClientConnection quic = builder.build();
    Early early = new Early();
    quic.setConnectionListener(early);
    quic.setPeerInitiatedStreamCallback(early::stream);
    boolean done = false;
    try {
      quic.connect();
      String peer = security.nodeOf(quic.getServerCertificateChain());
      QuicStream first = quic.createStream(true);
      DataInputStream in = new DataInputStream(first.getInputStream());
      try (Deadline deadline = new Deadline(timer, CONNECT_TIMEOUT, quic::close)) {
        Introduction.ofClient(in, first.getOutputStream(), security, quic.getServerCertificateChain().getFirst());
        deadline.met();
      }
      KwikConnection made = new KwikConnection(quic, watchdog, peer, resolved, true, first, in, remembering(events));
      early.become(made);
      done = true;
      return made;
    } finally {
      if (!done) {
        quic.close();
      }
    }
  }

  private Function<HopConnection, ConnectionEvents> remembering(Function<HopConnection, ConnectionEvents> events) {
    return connection -> {
      if (closed) {
        throw new SluiceException(ErrorCode.DRAINING, "this node stops");
      }
      connections.add(connection);
      return new Forgetting(events.apply(connection), connection, connections);
    };
  }

  @Override
  public void close() {
    closed = true;
    connections.forEach(connection -> connection.close("this node stops"));
    timer.shutdownNow();
    ServerConnector listening = connector;
    if (listening != null) {
      // It waits for connections to drain.
      Thread.ofPlatform().daemon().name("sluice-hop-close").start(listening::close);
    }
  }

  /** What comes of a connection before it is known who is told. */
  static final class Early implements ConnectionListener {
    private final CompletableFuture<KwikConnection> connection = new CompletableFuture<>();

    void become(KwikConnection made) {
      connection.complete(made);
    }

    void stream(QuicStream stream) {
      connection.thenAccept(made -> made.onStream(stream));
    }

    @Override
    public void disconnected(ConnectionTerminatedEvent event) {
      String why = event.errorDescription() == null ? "" : ": " + event.errorDescription();
      connection.thenAccept(
          made ->
              made.onDisconnected(
                  (event.closedByPeer() ? "the other node ended it" : "the connection is lost") + why));
    }
  }
}
