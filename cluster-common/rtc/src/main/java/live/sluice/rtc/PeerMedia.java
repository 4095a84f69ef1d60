package live.sluice.rtc;

import io.netty.buffer.ByteBuf;
import live.sluice.media.ErrorCode;

/** What a peer is there for: bringing media, or taking some. On the peer's loop. */
interface PeerMedia {
  /** An address has proved to be the peer's; the handshake begins, and packets can flow after it. */
  default void onReachable() {}

  /** Packets can be sent and received from now on. */
  void onConnected();

  /** A plain RTP packet, which is handed over; writable and not shared. */
  void onRtp(ByteBuf packet, long nowNanos);

  /** A plain RTCP packet; borrowed. */
  void onRtcp(ByteBuf packet, long nowNanos);

  /** What was read at one moment is complete. */
  void onReadComplete();

  /** Some ms have passed: {@link Peer#TICK_MS} or more. */
  void onTick(long nowNanos);

  /** The peer has ended, whoever ended it; nothing is called after it. */
  void onClosed(ErrorCode code, String why);
}
