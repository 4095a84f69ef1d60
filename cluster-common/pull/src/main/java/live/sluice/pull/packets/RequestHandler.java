package live.sluice.pull.packets;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.ReferenceCountUtil;
import live.sluice.hop.wire.Fields;
import live.sluice.media.SluiceException;

/**
 * Reads what the puller asks of the owner. What makes no sense is thrown into the pipeline as a {@link SluiceException}.
 * Requests that came together are passed on together, so that many of them cost no more than few.
 */
public final class RequestHandler extends ChannelInboundHandlerAdapter {
  private final PacketSender sender;
  private final Rfc4571Reader frames;
  private int keyframes;

  RequestHandler(PacketSender sender, ByteBufAllocator allocator) {
    this.sender = sender;
    this.frames = new Rfc4571Reader(allocator, PacketHop.MAX_REQUEST);
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext ctx) {
    frames.close();
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    if (!(message instanceof ByteBuf bytes)) {
      ctx.fireChannelRead(message);
      return;
    }
    try {
      sender.countReceived(bytes.readableBytes());
      for (ByteBuf body = frames.read(bytes); body != null; body = frames.read(bytes)) {
        try {
          take(body);
        } finally {
          body.release();
        }
      }
    } finally {
      ReferenceCountUtil.release(message);
    }
  }

  private void take(ByteBuf body) {
    if (body.getUnsignedByte(body.readerIndex()) >= HopMessages.TYPES) {
      throw Fields.broken("it is no request");
    }
    switch (HopMessages.read(body)) {
      case HopMessage.KeyframeRequest request -> keyframes |= 1 << request.layer();
      case HopMessage.WantedLayers wanted -> sender.want(wanted.mask());
      case null, default -> {
        // Of a later version, or of no use here.
      }
    }
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext ctx) {
    int asked = keyframes;
    keyframes = 0;
    sender.requestKeyframes(asked);
    ctx.fireChannelReadComplete();
  }
}
