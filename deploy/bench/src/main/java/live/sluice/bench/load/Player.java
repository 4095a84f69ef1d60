package live.sluice.bench.load;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import live.sluice.bench.measure.BenchClock;
import live.sluice.bench.measure.PlayerMeter;
import live.sluice.bench.scan.ScanException;
import org.jspecify.annotations.Nullable;

/** One player on one connection: what all protocols share. On its loop alone. */
abstract class Player extends ChannelInboundHandlerAdapter implements Client {
  private static final int SLOW_RECEIVE_BYTES = 64 << 10;

  private final BenchClock clock;
  final PlayerMeter meter;
  private @Nullable Channel channel;
  private boolean paused;
  private boolean closed;

  Player(BenchClock clock, PlayerMeter meter) {
    this.clock = clock;
    this.meter = meter;
  }

  /** What its kernel may hold for it; 0 for the kernel's own choice. */
  final int receiveBytes() {
    return meter.slow() ? SLOW_RECEIVE_BYTES : 0;
  }

  /** There is a connection: asks for the stream. */
  abstract void begin(ChannelHandlerContext ctx);

  /** Bytes came; borrowed. */
  abstract void bytes(ByteBuf in, int from, int to);

  /** What to say of a server that closes the connection now. */
  String closedReason() {
    return "the server closed the connection";
  }

  @Override
  public void channelActive(ChannelHandlerContext ctx) {
    channel = ctx.channel();
    if (closed) {
      ctx.close();
      return;
    }
    clock.read();
    meter.connected();
    meter.requested();
    if (paused) {
      ctx.channel().config().setAutoRead(false);
    }
    begin(ctx);
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    ByteBuf in = (ByteBuf) message;
    try {
      if (closed || meter.isOver()) {
        return;
      }
      clock.read();
      meter.received(in.readableBytes());
      bytes(in, in.readerIndex(), in.writerIndex());
    } catch (ScanException e) {
      fail(e.getMessage());
    } finally {
      in.release();
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    if (!closed) {
      meter.ended(closedReason());
    }
  }

  @Override
  @SuppressWarnings("deprecation") // deprecated for outbound handlers only
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    fail(Reasons.of("the connection broke", cause));
  }

  /** Ends it for a reason that is the server's. */
  final void fail(@Nullable String why) {
    if (!closed) {
      meter.ended(why == null ? "unknown" : why);
    }
    close();
  }

  @Override
  public void failed(String why) {
    fail(why);
  }

  @Override
  public void pause(boolean stop) {
    paused = stop;
    Channel at = channel;
    if (at != null) {
      at.config().setAutoRead(!stop);
    }
  }

  @Override
  public void close() {
    closed = true;
    Channel at = channel;
    if (at != null) {
      at.close();
    }
  }
}
