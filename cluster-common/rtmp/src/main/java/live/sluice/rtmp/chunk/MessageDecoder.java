package live.sluice.rtmp.chunk;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Makes {@link RtmpMessage}s of what is read, and does what the chunk layer owes to a peer by itself: acknowledgements,
 * answers to pings and to a bandwidth, and aggregates taken apart. A failure goes to the pipeline as an exception,
 * once, and all that comes after it is thrown away.
 *
 * <p>The handler after it may pause it while it waits for something: then no further message is handed on, and nothing
 * more is read from the socket.
 */
public final class MessageDecoder extends ChannelInboundHandlerAdapter {
  /** After how many bytes we acknowledge when the peer does not say. */
  private static final int DEFAULT_WINDOW = 2_500_000;

  private final ChunkBounds bounds;
  private final LongConsumer received;
  private @Nullable ChunkReader reader;
  private @Nullable ByteBuf unread;
  private boolean paused;
  private boolean reading;
  private boolean done;
  private int window = DEFAULT_WINDOW;
  private long total;
  private long acknowledged;

  /**
   * A decoder at the start of a connection, after the handshake.
   *
   * @param received told of the bytes of each read
   */
  public MessageDecoder(ChunkBounds bounds, LongConsumer received) {
    this.bounds = bounds;
    this.received = received;
  }

  /** Hands on nothing more until {@link #resume}. On the channel's loop. */
  public void pause(ChannelHandlerContext ctx) {
    paused = true;
    ctx.channel().config().setAutoRead(false);
  }

  /** Goes on. On the channel's loop. */
  public void resume(ChannelHandlerContext ctx) {
    if (!paused) {
      return;
    }
    paused = false;
    ctx.channel().config().setAutoRead(true);
    if (!reading) {
      ChannelHandlerContext own = ctx.pipeline().context(this);
      if (own != null) {
        readOn(own);
      }
    }
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    ByteBuf in = (ByteBuf) message;
    if (done) {
      in.release();
      return;
    }
    total += in.readableBytes();
    received.accept(in.readableBytes());
    ByteBuf before = unread;
    // What is left from a pause is rare and short-lived, and so is this copy.
    unread = before == null ? in : joined(ctx, before, in);
    if (!paused && !reading) {
      readOn(ctx);
    }
    ByteBuf rest = unread;
    if (rest == in) {
      // It waits for the end of a pause, and the buffer of a read is wanted back.
      unread = ctx.alloc().directBuffer(rest.readableBytes()).writeBytes(rest);
      rest.release();
    }
    acknowledge(ctx);
  }

  private static ByteBuf joined(ChannelHandlerContext ctx, ByteBuf before, ByteBuf in) {
    ByteBuf both = ctx.alloc().directBuffer(before.readableBytes() + in.readableBytes());
    both.writeBytes(before).writeBytes(in);
    before.release();
    in.release();
    return both;
  }

  private void readOn(ChannelHandlerContext ctx) {
    ChunkReader chunks = reader;
    if (chunks == null) {
      chunks = new ChunkReader(bounds, ctx.alloc(), message -> take(ctx, message));
      reader = chunks;
    }
    reading = true;
    try {
      while (!paused && !done) {
        ByteBuf in = unread;
        if (in == null) {
          return;
        }
        if (chunks.read(in)) {
          in.release();
          unread = null;
        }
      }
    } catch (RuntimeException e) {
      done = true;
      ctx.fireExceptionCaught(e);
    } finally {
      reading = false;
      if (done) {
        free();
      }
    }
  }

  /** Whether the reader may go on. */
  private boolean take(ChannelHandlerContext ctx, RtmpMessage message) {
    switch (message.type()) {
      case MessageType.ACKNOWLEDGEMENT -> message.release();
      case MessageType.WINDOW_ACK_SIZE, MessageType.SET_PEER_BANDWIDTH -> setWindow(ctx, message);
      case MessageType.USER_CONTROL -> {
        if (!answeredPing(ctx, message.payload())) {
          ctx.fireChannelRead(message);
        } else {
          message.release();
        }
      }
      case MessageType.AGGREGATE -> {
        try {
          Aggregate.split(message, ctx.alloc(), part -> take(ctx, part));
        } finally {
          message.release();
        }
      }
      default -> ctx.fireChannelRead(message);
    }
    return !paused && !done;
  }

  private void setWindow(ChannelHandlerContext ctx, RtmpMessage message) {
    ByteBuf payload = message.payload();
    int bytes = payload.readableBytes() < 4 ? 0 : payload.getInt(payload.readerIndex());
    message.release();
    if (bytes <= 0) {
      return;
    }
    if (message.type() == MessageType.WINDOW_ACK_SIZE) {
      window = bytes;
    } else {
      // Section 5.4.5: answered with the window that it makes.
      answer(ctx, ControlMessages.windowAckSize(ctx.alloc(), bytes));
    }
  }

  private static boolean answeredPing(ChannelHandlerContext ctx, ByteBuf payload) {
    int at = payload.readerIndex();
    if (payload.readableBytes() < 6 || payload.getUnsignedShort(at) != UserControl.PING_REQUEST) {
      return false;
    }
    int stamp = payload.getInt(at + 2);
    answer(ctx, ControlMessages.userControl(ctx.alloc(), UserControl.PING_RESPONSE, stamp));
    return true;
  }

  /** Some peers wait for it at exactly the window, so it goes at half of it. */
  private void acknowledge(ChannelHandlerContext ctx) {
    if (!done && total - acknowledged >= Math.max(1, window / 2)) {
      acknowledged = total;
      answer(ctx, ControlMessages.acknowledgement(ctx.alloc(), (int) total));
    }
  }

  /** A peer that asks and does not read gets no answers: they would pile up. */
  private static void answer(ChannelHandlerContext ctx, ByteBuf message) {
    if (ctx.channel().isWritable()) {
      ctx.writeAndFlush(message);
    } else {
      message.release();
    }
  }

  /** Reads nothing more, whatever comes. On the channel's loop. */
  public void stop() {
    done = true;
    if (!reading) {
      free();
    }
  }

  private void free() {
    ByteBuf rest = unread;
    unread = null;
    if (rest != null) {
      rest.release();
    }
    ChunkReader chunks = reader;
    if (chunks != null) {
      chunks.close();
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    stop();
    ctx.fireChannelInactive();
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext ctx) {
    stop();
  }
}
