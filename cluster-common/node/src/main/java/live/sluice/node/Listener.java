package live.sluice.node;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.util.NetUtil;
import java.net.InetSocketAddress;
import java.util.Locale;
import live.sluice.media.ErrorCode;
import live.sluice.media.SluiceException;

/** Opens ports, and tells why one could not be opened. */
public final class Listener {
  private Listener() {}

  /**
   * Opens a port, and waits for it.
   *
   * @param key the key that says the port, such as {@code rtmp.port}; for the message
   * @param port 0: a free one
   * @throws SluiceException {@link ErrorCode#LISTEN_FAILED}
   */
  public static Channel open(ServerBootstrap server, String key, String host, int port) {
    ChannelFuture bound = server.bind(address(key, host, port)).awaitUninterruptibly();
    if (!bound.isSuccess()) {
      throw failure(key, host, port, bound.cause());
    }
    return bound.channel();
  }

  /**
   * Opens a UDP port, and waits for it.
   *
   * @param socket with loop, channel type and handler set
   * @throws SluiceException {@link ErrorCode#LISTEN_FAILED}
   */
  public static Channel open(Bootstrap socket, String key, String host, int port) {
    ChannelFuture bound = socket.bind(address(key, host, port)).awaitUninterruptibly();
    if (!bound.isSuccess()) {
      throw failure(key, host, port, bound.cause());
    }
    return bound.channel();
  }

  /** The port that a channel listens on. */
  public static int portOf(Channel channel) {
    return ((InetSocketAddress) channel.localAddress()).getPort();
  }

  private static InetSocketAddress address(String key, String host, int port) {
    InetSocketAddress address = new InetSocketAddress(host, port);
    if (address.isUnresolved()) {
      throw new SluiceException(
          ErrorCode.LISTEN_FAILED,
          "can't listen on " + host + " (" + key + "): no such host; name an address of this machine");
    }
    return address;
  }

  /** Why a port could not be opened, who has it as far as can be told, and what to do. */
  public static SluiceException failure(String key, String host, int port, Throwable cause) {
    String text = String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT);
    String where = NetUtil.toSocketAddressString(host, port);
    String advice;
    if (text.contains("in use")) {
      String holder = PortHolder.of(port);
      advice =
          (holder.isEmpty() ? "another process has the port" : "the port is held by " + holder)
              + "; stop it, or set " + key + " to another port (0: a free one)";
    } else if (text.contains("denied")) {
      advice = "ports below 1024 need a privilege; set " + key + " to a higher one";
    } else if (text.contains("cannot assign") || text.contains("can't assign")) {
      advice = "this machine has no such address; see the listen key beside " + key;
    } else {
      advice = "see " + key;
    }
    return new SluiceException(ErrorCode.LISTEN_FAILED, "can't listen on " + where + ": " + advice, cause);
  }
}
