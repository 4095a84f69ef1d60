package live.sluice.hop.transport;

import java.net.InetSocketAddress;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/**
 * Carries datagrams and streams between this node and others, encrypted, both sides known to each other. Thread-safe; what
 * it tells is told on threads of its own.
 */
public interface HopTransport extends AutoCloseable {
  /** Largest datagram, in bytes. */
  int MAX_DATAGRAM = 1200;

  /** Longest message of control, in bytes. */
  int MAX_MESSAGE = 64 << 10;

  /**
   * Takes connections from now on.
   *
   * @param address where to listen
   * @param accepted makes, of each connection that was dialled by another node and is known, who is told of it; throws a
   *     {@link live.sluice.media.SluiceException} where it wants none
   * @return where it listens
   * @throws live.sluice.media.SluiceException LISTEN_FAILED
   */
  InetSocketAddress listen(InetSocketAddress address, Function<HopConnection, ConnectionEvents> accepted);

  /**
   * Dials another node. The stage fails with a {@link live.sluice.media.SluiceException}: CONNECTION_LOST where nobody
   * answers, UNAUTHORIZED where one side does not take the other's certificate.
   *
   * @param events makes, of the connection, who is told of it
   */
  CompletionStage<HopConnection> connect(
      InetSocketAddress address, Function<HopConnection, ConnectionEvents> events);

  /** Ends all connections, and listens no longer. Returns at once. */
  @Override
  void close();
}
