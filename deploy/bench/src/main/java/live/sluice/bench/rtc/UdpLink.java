package live.sluice.bench.rtc;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.DatagramPacket;
import io.netty.util.ReferenceCountUtil;
import live.sluice.rtc.ice.IceClient;
import org.jspecify.annotations.Nullable;

/** One candidate of the server, the socket that is connected to it, and the checks of it. On its loop alone. */
final class UdpLink extends ChannelInboundHandlerAdapter {
  /** What it tells; of one that was closed, nothing. */
  interface Owner {
    /** The socket can be used. */
    void onOpen(UdpLink link);

    /** A datagram came; borrowed, and writable. */
    void onDatagram(UdpLink link, ByteBuf bytes);

    /** What had come at one moment is complete. */
    void onReadComplete();

    /** The system says that nobody listens there. */
    void onUnreachable(UdpLink link);
  }

  private final IceClient ice;
  private final Owner owner;
  private final long begunNanos = System.nanoTime();
  private @Nullable Channel channel;
  private boolean closed;

  UdpLink(IceClient ice, Owner owner) {
    this.ice = ice;
    this.owner = owner;
  }

  IceClient ice() {
    return ice;
  }

  /** When it was begun with. */
  long begunNanos() {
    return begunNanos;
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
      owner.onOpen(this);
    }
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    try {
      if (!closed && message instanceof DatagramPacket datagram) {
        owner.onDatagram(this, datagram.content());
      }
    } finally {
      ReferenceCountUtil.release(message);
    }
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext ctx) {
    if (!closed) {
      owner.onReadComplete();
    }
  }

  @Override
  @SuppressWarnings("deprecation") // deprecated for outbound handlers only
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    if (!closed) {
      owner.onUnreachable(this);
    }
  }
}
