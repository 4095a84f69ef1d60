package live.sluice.bench.quic;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import live.sluice.hop.identity.LoopbackSecurity;
import live.sluice.hop.kwik.KwikTransport;
import live.sluice.hop.transport.ConnectionEvents;
import live.sluice.hop.transport.HopConnection;
import live.sluice.hop.transport.InStream;
import org.jspecify.annotations.Nullable;

/** The transport of this project's hops. */
final class SluiceEngine implements Engine {
  private final KwikTransport transport = new KwikTransport(new LoopbackSecurity());
  private @Nullable HopConnection connection;

  @Override
  public int listen(Consumer<byte[]> received) {
    InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    return transport.listen(any, made -> new Datagrams(received)).getPort();
  }

  @Override
  public void connect(int port) throws Exception {
    connection =
        transport
            .connect(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), port), made -> new Datagrams(data -> {}))
            .toCompletableFuture()
            .get(10, TimeUnit.SECONDS);
  }

  @Override
  public void send(byte[] datagram) {
    HopConnection open = connection;
    if (open != null) {
      open.send(datagram);
    }
  }

  @Override
  public void flush() {
    HopConnection open = connection;
    if (open != null) {
      open.flush();
    }
  }

  @Override
  public void close() {
    transport.close();
  }

  private record Datagrams(Consumer<byte[]> received) implements ConnectionEvents {
    @Override
    public void datagram(byte[] data) {
      received.accept(data);
    }

    @Override
    public void control(byte[] message) {}

    @Override
    public InStream stream() {
      throw new IllegalStateException("nobody opens one");
    }

    @Override
    public void closed(String why) {}
  }
}
