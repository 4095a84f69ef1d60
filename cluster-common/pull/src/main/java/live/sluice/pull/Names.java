package live.sluice.pull;

import io.netty.channel.EventLoop;
import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.function.Consumer;

/** Resolves host names away from event loops: a name server that is down would stall every player of a loop. */
final class Names {
  private Names() {}

  /**
   * Tells the address on {@code loop}: at once where the host is an address already.
   *
   * @param then gets an address that is unresolved when the name is not known
   */
  static void resolve(EventLoop loop, String host, int port, Consumer<InetSocketAddress> then) {
    byte[] address = NetUtil.createByteArrayFromIpAddressString(host);
    if (address != null) {
      then.accept(new InetSocketAddress(literal(address), port));
      return;
    }
    Thread.ofVirtual()
        .name("resolve " + host)
        .start(
            () -> {
              InetSocketAddress found = new InetSocketAddress(host, port);
              if (!loop.isShuttingDown()) {
                loop.execute(() -> then.accept(found));
              }
            });
  }

  private static InetAddress literal(byte[] address) {
    try {
      return InetAddress.getByAddress(address);
    } catch (UnknownHostException e) {
      throw new IllegalStateException("an address has 4 or 16 bytes", e);
    }
  }
}
