package live.sluice.rtmp;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import live.sluice.rtmp.chunk.MessageType;
import live.sluice.rtmp.chunk.RtmpMessage;
import live.sluice.rtmp.command.Command;

/**
 * The last handler of a connection, at either end of it: tells media from commands, and lets go of each message. What
 * comes after the end is thrown away. On the channel's loop.
 */
abstract class MessageHandler extends ChannelInboundHandlerAdapter {

  /** Whether the connection is over, so that nothing that still comes is heard. */
  abstract boolean isEnded();

  /** A message with media or data, which stays the caller's. */
  abstract void onMedia(RtmpMessage message);

  abstract void onCommand(Command command);

  @Override
  public final void channelRead(ChannelHandlerContext ctx, Object in) {
    RtmpMessage message = (RtmpMessage) in;
    try {
      if (!isEnded()) {
        handle(message);
      }
    } finally {
      message.release();
    }
  }

  private void handle(RtmpMessage message) {
    switch (message.type()) {
      case MessageType.AUDIO, MessageType.VIDEO, MessageType.DATA_AMF0, MessageType.DATA_AMF3 -> onMedia(message);
      case MessageType.COMMAND_AMF0, MessageType.COMMAND_AMF3 -> onCommand(Command.read(message));
      // Shared objects and user control: nothing that live media needs.
      default -> {}
    }
  }
}
