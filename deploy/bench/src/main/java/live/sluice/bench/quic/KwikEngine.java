package live.sluice.bench.quic;

import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import live.sluice.hop.identity.LoopbackSecurity;
import org.jspecify.annotations.Nullable;
import tech.kwik.core.QuicClientConnection;
import tech.kwik.core.QuicConnection;
import tech.kwik.core.log.NullLogger;
import tech.kwik.core.server.ApplicationProtocolConnection;
import tech.kwik.core.server.ApplicationProtocolConnectionFactory;
import tech.kwik.core.server.ServerConnectionConfig;
import tech.kwik.core.server.ServerConnector;

/** Kwik by its own interface alone: as it comes, where its own jar is on the class path. */
final class KwikEngine implements Engine {
  private static final String PROTOCOL = "bench";

  private final LoopbackSecurity security = new LoopbackSecurity();
  private final ExecutorService handler = Executors.newSingleThreadExecutor(Thread.ofPlatform().daemon().factory());
  private @Nullable QuicClientConnection client;

  @Override
  public int listen(Consumer<byte[]> received) throws Exception {
    DatagramSocket socket = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    ServerConnector connector =
        ServerConnector.builder()
            .withSocket(socket)
            .withKeyStore(security.keys(), security.alias(), security.password())
            .withSupportedVersion(QuicConnection.QuicVersion.V1)
            .withConfiguration(ServerConnectionConfig.builder().maxIdleTimeoutInSeconds(30).build())
            .withLogger(new NullLogger())
            .build();
    connector.registerApplicationProtocol(
        PROTOCOL,
        new ApplicationProtocolConnectionFactory() {
          @Override
          public ApplicationProtocolConnection createConnection(String protocol, QuicConnection connection) {
            connection.setDatagramHandler(received, handler);
            return new ApplicationProtocolConnection() {};
          }

          @Override
          public boolean enableDatagramExtension() {
            return true;
          }
        });
    connector.start();
    return socket.getLocalPort();
  }

  @Override
  public void connect(int port) throws Exception {
    QuicClientConnection made =
        QuicClientConnection.newBuilder()
            .host(LoopbackSecurity.SERVER_NAME)
            .proxy(InetAddress.getLoopbackAddress().getHostAddress())
            .port(port)
            .applicationProtocol(PROTOCOL)
            .customTrustManager(security.trust())
            .connectTimeout(Duration.ofSeconds(10))
            .enableDatagramExtension()
            .logger(new NullLogger())
            .build();
    made.connect();
    client = made;
  }

  @Override
  public void send(byte[] datagram) {
    QuicClientConnection open = client;
    if (open != null) {
      open.sendDatagram(datagram);
    }
  }

  @Override
  public void flush() {}

  @Override
  public void close() {
    QuicClientConnection open = client;
    if (open != null) {
      open.close();
    }
  }
}
