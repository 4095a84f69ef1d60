package live.sluice.rtc;

import io.netty.buffer.ByteBuf;
import live.sluice.rtc.ice.IcePath;

/** A way by which datagrams go to a peer. On the peer's loop. */
interface PeerPath {
  /** Which one it is. */
  IcePath path();

  /** Whether many packets can go out by one system call. */
  boolean takesTrains();

  /** Sends a datagram, which is handed over; it goes out at the end of what the loop is at. */
  void send(ByteBuf datagram);

  /**
   * Sends several datagrams that lie one behind the other in a buffer, which is handed over.
   *
   * @param segment bytes of each, the last one may be shorter
   */
  void sendTrain(ByteBuf datagrams, int segment);
}
