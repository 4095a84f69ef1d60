package live.sluice.pull.packets;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;

/** What a puller asks of the owner, whatever way it reaches it. On the stream's loop. */
public interface PacketRequests {
  /**
   * Asks for a picture that can be decoded by itself.
   *
   * @param layer simulcast layer, from 0
   */
  void requestKeyframe(int layer);

  /**
   * Says which simulcast layers somebody wants.
   *
   * @param mask bit n for layer n
   */
  void wantLayers(int mask);

  /** The way back over {@code channel}, whose loop is the stream's. */
  static PacketRequests over(Channel channel) {
    return new PacketRequests() {
      @Override
      public void requestKeyframe(int layer) {
        send(new HopMessage.KeyframeRequest(layer));
      }

      @Override
      public void wantLayers(int mask) {
        send(new HopMessage.WantedLayers(mask));
      }

      private void send(HopMessage message) {
        // One that takes no requests is of no use, and must not pile them up.
        if (channel.isActive() && channel.isWritable()) {
          ByteBuf frame = HopMessages.frame(message, channel.alloc());
          channel.writeAndFlush(frame, channel.voidPromise());
        }
      }
    };
  }
}
