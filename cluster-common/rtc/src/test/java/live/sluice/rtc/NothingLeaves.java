package live.sluice.rtc;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;

/** A network that takes nothing: all that is written waits. */
final class NothingLeaves extends ChannelOutboundHandlerAdapter {
  @Override
  public void flush(ChannelHandlerContext ctx) {}
}
