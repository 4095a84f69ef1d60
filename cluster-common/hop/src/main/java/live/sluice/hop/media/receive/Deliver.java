package live.sluice.hop.media.receive;

import io.netty.buffer.ByteBuf;

/** Takes the packets of one flow. Called on the link's loop, from within the receiver. */
@FunctionalInterface
public interface Deliver {
  /**
   * An RTP packet came, as it was sent; each comes once, in any order.
   *
   * @param rtp the whole packet; the callee releases it
   * @param keyframe whether a picture that can be decoded by itself begins with it; true for sound
   * @param marker the RTP packet's marker, as the sender told it
   * @param arrivalNanos when it was complete, by the monotonic clock
   */
  void packet(ByteBuf rtp, boolean keyframe, boolean marker, long arrivalNanos);

  /** Packets before the newest one are lost, and come no more: it would be too late. */
  default void lost() {}
}
