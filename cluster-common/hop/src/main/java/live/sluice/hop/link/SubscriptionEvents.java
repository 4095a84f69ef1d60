package live.sluice.hop.link;

import io.netty.buffer.ByteBuf;
import live.sluice.hop.control.ControlMessage;
import live.sluice.media.ErrorCode;
import live.sluice.media.StreamEntry;
import live.sluice.rtp.RtpPacket;
import org.jspecify.annotations.Nullable;

/** Told what a subscription brings. On the link's loop; nothing is told after {@link #ended}. */
public interface SubscriptionEvents {
  /** The stream comes: packets or frames follow. */
  void begun(ControlMessage.Subscribed answer);

  /** A packet, which is the callee's; others see it after {@link #flush}. */
  void packet(RtpPacket packet);

  /** What came at one moment is complete. */
  void flush();

  /** A sender report came. */
  void clock(ControlMessage.Clock clock);

  /**
   * Bytes of FLV, which are the callee's.
   *
   * @param taken to be run, from any thread, when they need no more room: until then the other node is slowed down
   */
  void bytes(ByteBuf bytes, Runnable taken);

  /**
   * Nothing comes any more.
   *
   * @param owner who has the stream, where the other node knows better; null where it does not
   */
  void ended(ErrorCode code, String why, @Nullable StreamEntry owner);
}
