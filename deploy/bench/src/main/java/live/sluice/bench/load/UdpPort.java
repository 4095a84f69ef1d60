package live.sluice.bench.load;

import io.netty.buffer.ByteBuf;
import java.net.InetSocketAddress;
import java.util.function.Consumer;
import live.sluice.bench.rtc.ConnectedUdp;

/** One port of a server to which datagrams are sent as they are. On its loop alone. */
final class UdpPort extends ConnectedUdp {
  private final Runnable opened;
  private final Consumer<ByteBuf> received;
  private final Consumer<String> failed;

  /**
   * Opens the socket.
   *
   * @param opened told that it can be used
   * @param received handed each datagram that comes, borrowed
   * @param failed told that there is no socket, or that nobody listens there
   */
  UdpPort(
      LoadLoop loop,
      InetSocketAddress address,
      Runnable opened,
      Consumer<ByteBuf> received,
      Consumer<String> failed) {
    this.opened = opened;
    this.received = received;
    this.failed = failed;
    loop.connectUdp(address, this, failed);
  }

  @Override
  protected void onOpen() {
    opened.run();
  }

  @Override
  protected void onDatagram(ByteBuf bytes) {
    received.accept(bytes);
  }

  @Override
  protected void onFailed(Throwable cause) {
    failed.accept(Reasons.of("can't send by UDP", cause));
  }
}
