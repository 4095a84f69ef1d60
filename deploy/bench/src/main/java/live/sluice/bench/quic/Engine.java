package live.sluice.bench.quic;

import java.util.function.Consumer;

/** One QUIC library, as it carries datagrams from a client to a server on loopback. */
interface Engine extends AutoCloseable {
  /** Listens on loopback; {@code received} is told of datagrams on any thread, one after the other. The port. */
  int listen(Consumer<byte[]> received) throws Exception;

  /** Connects to that port. */
  void connect(int port) throws Exception;

  /** Sends a datagram, which is the callee's, after {@link #flush}. */
  void send(byte[] datagram) throws Exception;

  /** What was sent leaves now. */
  void flush();

  @Override
  void close();

  /** The engine of that name. */
  static Engine named(String name) {
    return switch (name) {
      case "sluice" -> new SluiceEngine();
      case "kwik" -> new KwikEngine();
      case "quiche" -> new QuicheEngine();
      default -> throw new IllegalArgumentException("no engine is called " + name);
    };
  }
}
