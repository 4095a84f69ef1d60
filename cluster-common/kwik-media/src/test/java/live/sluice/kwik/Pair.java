package live.sluice.kwik;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import tech.kwik.core.QuicClientConnection;
import tech.kwik.core.QuicConnection;
import tech.kwik.core.QuicStream;
import tech.kwik.core.log.NullLogger;
import tech.kwik.core.server.ApplicationProtocolConnection;
import tech.kwik.core.server.ApplicationProtocolConnectionFactory;
import tech.kwik.core.server.ServerConnectionConfig;
import tech.kwik.core.server.ServerConnector;

/** A server and a client of kwik on loopback. */
final class Pair implements AutoCloseable {
  private static final String PROTOCOL = "test";

  final QuicClientConnection client;
  final CompletableFuture<QuicConnection> server = new CompletableFuture<>();
  private final ServerConnector connector;
  private final DatagramSocket socket;

  /** Runs tasks in the thread that hands them in, as datagrams are to be handled. */
  static final class Direct extends AbstractExecutorService {
    @Override
    public void execute(Runnable task) {
      task.run();
    }

    @Override
    public void shutdown() {}

    @Override
    public List<Runnable> shutdownNow() {
      return List.of();
    }

    @Override
    public boolean isShutdown() {
      return false;
    }

    @Override
    public boolean isTerminated() {
      return false;
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) {
      return true;
    }
  }

  /**
   * Connected when this returns.
   *
   * @param onDatagram told of what comes to the server
   * @param onStream told of all that a stream of the client brought
   */
  Pair(DatagramSocket serverSocket, BiConsumer<Pair, byte[]> onDatagram, BiConsumer<QuicStream, byte[]> onStream)
      throws Exception {
    this(serverSocket, serverSocket.getLocalPort(), onDatagram, onStream);
  }

  /** The same for a client that reaches the server by another port. */
  Pair(
      DatagramSocket serverSocket,
      int clientPort,
      BiConsumer<Pair, byte[]> onDatagram,
      BiConsumer<QuicStream, byte[]> onStream)
      throws Exception {
    socket = serverSocket;
    connector =
        ServerConnector.builder()
            .withSocket(socket)
            .withKeyStore(TestKeys.store(), "node", TestKeys.PASSWORD)
            .withSupportedVersion(QuicConnection.QuicVersion.V1)
            .withConfiguration(
                ServerConnectionConfig.builder()
                    .maxIdleTimeoutInSeconds(30)
                    .maxOpenPeerInitiatedUnidirectionalStreams(100)
                    .maxOpenPeerInitiatedBidirectionalStreams(100)
                    .maxUnidirectionalStreamBufferSize(1 << 20)
                    .maxBidirectionalStreamBufferSize(1 << 20)
                    .maxConnectionBufferSize(4 << 20)
                    .build())
            .withLogger(new NullLogger())
            .build();
    connector.registerApplicationProtocol(
        PROTOCOL,
        new ApplicationProtocolConnectionFactory() {
          @Override
          public ApplicationProtocolConnection createConnection(String protocol, QuicConnection connection) {
            connection.setDatagramHandler(data -> onDatagram.accept(Pair.this, data), new Direct());
            server.complete(connection);
            return new ApplicationProtocolConnection() {
              @Override
              public void acceptPeerInitiatedStream(QuicStream stream) {
                Thread.ofVirtual().start(() -> onStream.accept(stream, all(stream.getInputStream())));
              }
            };
          }

          @Override
          public boolean enableDatagramExtension() {
            return true;
          }

          @Override
          public int maxConcurrentPeerInitiatedUnidirectionalStreams() {
            return 100;
          }

          @Override
          public int maxConcurrentPeerInitiatedBidirectionalStreams() {
            return 100;
          }
        });
    connector.start();
    client =
        QuicClientConnection.newBuilder()
            .host("test")
            .proxy("127.0.0.1")
            .port(clientPort)
            .applicationProtocol(PROTOCOL)
            .noServerCertificateCheck()
            .connectTimeout(Duration.ofSeconds(10))
            .enableDatagramExtension()
            .socketFactory(QuicSockets::toward)
            .logger(new NullLogger())
            .build();
    client.connect();
    server.get(10, TimeUnit.SECONDS);
  }

  private static byte[] all(InputStream in) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      in.transferTo(out);
    } catch (IOException e) {
      return new byte[0];
    }
    return out.toByteArray();
  }

  static InetSocketAddress anyPort() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
  }

  @Override
  public void close() {
    client.closeAndWait(Duration.ofSeconds(2));
    connector.close();
  }
}
