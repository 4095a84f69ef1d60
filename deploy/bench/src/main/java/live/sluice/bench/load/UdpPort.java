package live.sluice.bench.load;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.DatagramPacket;
import io.netty.util.ReferenceCountUtil;
import java.net.InetSocketAddress;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One port of a server to which datagrams are sent as they are, and the socket that is connected to it. On its loop alone. */
final class UdpPort extends ChannelInboundHandlerAdapter {
  private final Runnable opened;
  private final Consumer<ByteBuf> received;
  private final Consumer<String> failed;
  private @Nullable Channel channel;
  private boolean closed;

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

  boolean isWritable() {
    Channel to = channel;
    return to != null && to.isWritable();
  }

  /** Writes a datagram, which is handed over. */
  void write(ByteBuf datagram) {
    Channel to = channel;
    if (to == null || closed) {
      datagram.release();
    } else {
      to.write(datagram, to.voidPromise());
    }
  }

  void flush() {
    Channel to = channel;
    if (to != null) {
      to.flush();
    }
  }

  void close() {
    closed = true;
    Channel open = channel;
    if (open != null) {
      open.close();
    }
  }

  @Override
  public void channelActive(ChannelHandlerContext ctx) {
    channel = ctx.channel();
    if (closed) {
      ctx.close();
    } else {
      opened.run();
    }
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    try {
      if (!closed && message instanceof DatagramPacket datagram) {
        received.accept(datagram.content());
      }
    } finally {
      ReferenceCountUtil.release(message);
    }
  }

  @Override
  @SuppressWarnings("deprecation") // deprecated for outbound handlers only
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    if (!closed) {
      failed.accept(Reasons.of("can't send by UDP", cause));
    }
  }
}
