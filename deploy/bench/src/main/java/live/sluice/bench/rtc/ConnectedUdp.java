package live.sluice.bench.rtc;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.DatagramPacket;
import io.netty.util.ReferenceCountUtil;
import org.jspecify.annotations.Nullable;

/** A UDP socket that is connected to one port of a server, as its handler; once closed it tells nothing. On its loop alone. */
public abstract class ConnectedUdp extends ChannelInboundHandlerAdapter {
  private @Nullable Channel channel;
  private boolean closed;

  /** The socket can be used. */
  protected abstract void onOpen();

  /** A datagram came; borrowed, and writable. */
  protected abstract void onDatagram(ByteBuf bytes);

  /** What had come at one moment is complete. */
  protected void onReadComplete() {}

  /** The system says that nobody listens there, or that it can't send. */
  protected abstract void onFailed(Throwable cause);

  /** Whether there is room for more; false before it is open. */
  public final boolean isWritable() {
    Channel to = channel;
    return to != null && to.isWritable();
  }

  /** Writes a datagram, which is handed over. */
  public final void write(ByteBuf datagram) {
    Channel to = channel;
    if (to == null || closed) {
      datagram.release();
    } else {
      to.write(datagram, to.voidPromise());
    }
  }

  /** Sends what was written. */
  public final void flush() {
    Channel to = channel;
    if (to != null) {
      to.flush();
    }
  }

  /** Closes it, now or as soon as it opens. */
  public final void close() {
    closed = true;
    Channel open = channel;
    if (open != null) {
      open.close();
    }
  }

  @Override
  public final void channelActive(ChannelHandlerContext ctx) {
    channel = ctx.channel();
    if (closed) {
      ctx.close();
    } else {
      onOpen();
    }
  }

  @Override
  public final void channelRead(ChannelHandlerContext ctx, Object message) {
    try {
      if (!closed && message instanceof DatagramPacket datagram) {
        onDatagram(datagram.content());
      }
    } finally {
      ReferenceCountUtil.release(message);
    }
  }

  @Override
  public final void channelReadComplete(ChannelHandlerContext ctx) {
    if (!closed) {
      onReadComplete();
    }
  }

  @Override
  @SuppressWarnings("deprecation") // deprecated for outbound handlers only
  public final void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    if (!closed) {
      onFailed(cause);
    }
  }
}
