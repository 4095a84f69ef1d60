package live.sluice.rtmp.handshake;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.util.concurrent.Future;
import java.util.List;
import java.util.concurrent.TimeUnit;
import live.sluice.media.ErrorCode;
import live.sluice.media.SluiceException;

/**
 * What both sides of the handshake share: it takes bytes in whatever pieces they come, has a time limit, and leaves the
 * pipeline when it is done, handing on what came after it. Failures go to the pipeline as a {@link SluiceException}
 * with HANDSHAKE_TIMEOUT or PROTOCOL_ERROR; who gets it closes the channel.
 */
abstract class HandshakeStep extends ByteToMessageDecoder {
  private final long limitMs;
  private boolean failed;
  private Future<?> timer;

  @SuppressWarnings("NullAway.Init") // the timer is set when the handler comes into the pipeline
  HandshakeStep(long limitMs) {
    this.limitMs = limitMs;
  }

  /** Reads what it can of {@code in}; true when the handshake is over. */
  abstract boolean advance(ChannelHandlerContext ctx, ByteBuf in);

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    timer = ctx.executor().schedule(() -> timedOut(ctx), limitMs, TimeUnit.MILLISECONDS);
  }

  private void timedOut(ChannelHandlerContext ctx) {
    if (!ctx.isRemoved() && !failed) {
      failed = true;
      ctx.fireExceptionCaught(
          new SluiceException(ErrorCode.HANDSHAKE_TIMEOUT, "the handshake was not over after " + limitMs + " ms"));
    }
  }

  /** Takes a copy: what waits for the rest of a handshake must not hold the buffer of a read, which is far larger. */
  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) throws Exception {
    ByteBuf read = (ByteBuf) message;
    ByteBuf own = ctx.alloc().directBuffer(read.readableBytes());
    try {
      own.writeBytes(read);
    } finally {
      read.release();
    }
    super.channelRead(ctx, own);
  }

  @Override
  protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) {
    if (failed) {
      in.skipBytes(in.readableBytes());
    } else if (advance(ctx, in)) {
      ctx.fireUserEventTriggered(HandshakeDone.EVENT);
      ctx.pipeline().remove(this);
    }
  }

  @Override
  protected void handlerRemoved0(ChannelHandlerContext ctx) {
    timer.cancel(false);
  }

  /** Ends the handshake: what else comes is thrown away. */
  SluiceException broken(String what) {
    failed = true;
    return new SluiceException(ErrorCode.PROTOCOL_ERROR, what);
  }

  /** Checks the first byte, at once, so that other protocols meet no silence. */
  void checkVersion(int version, String whose) {
    if (version != Packets.VERSION) {
      throw broken("the " + whose + "'s first byte is " + version + " and not 3: it does not speak RTMP");
    }
  }

  static byte[] readPacket(ByteBuf in) {
    byte[] packet = new byte[Packets.SIZE];
    in.readBytes(packet);
    return packet;
  }
}
