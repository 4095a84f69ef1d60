package live.sluice.rtmp;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.ssl.SslHandler;
import java.util.concurrent.TimeUnit;

/**
 * Closes a connection so that the last words arrive. Closing while the peer still sends makes the system answer with a
 * reset, which throws away what the peer has not read yet; so we stop sending, and wait a moment for the peer to go.
 */
final class Farewell {
  private static final long PATIENCE_MS = 2_000;

  private Farewell() {}

  /** Sends what was written and closes soon. On the channel's loop. */
  static void close(Channel channel) {
    if (!channel.isActive()) {
      channel.close();
      return;
    }
    // Its end is only seen while we read; what else comes is thrown away by the decoders.
    channel.config().setAutoRead(true);
    channel
        .writeAndFlush(Unpooled.EMPTY_BUFFER)
        .addListener(
            sent -> {
              if (channel instanceof DuplexChannel duplex && channel.pipeline().get(SslHandler.class) == null) {
                duplex.shutdownOutput().addListener(ChannelFutureListener.CLOSE_ON_FAILURE);
              }
            });
    channel.eventLoop().schedule(() -> channel.close(), PATIENCE_MS, TimeUnit.MILLISECONDS);
  }
}
