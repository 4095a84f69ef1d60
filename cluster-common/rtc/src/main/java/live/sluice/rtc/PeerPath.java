package live.sluice.rtc;

import io.netty.buffer.ByteBuf;
import live.sluice.rtc.ice.IcePath;

/** A way by which datagrams go to a peer. On the peer's loop. */
interface PeerPath {
  /** Which one it is. */
  IcePath path();

  /** Whether many packets can go out by one system call. */
  boolean takesTrains();

  /**
   * Sends a datagram that is no media, which is handed over; it goes out at the end of what the loop is at, even where
   * media does not, up to a bound that is far off.
   */
  void send(ByteBuf datagram);

  /**
   * Sends several datagrams of media that lie one behind the other in a buffer, which is handed over. They are dropped and
   * counted where too much waits to be sent.
   *
   * @param segment bytes of each, the last one may be shorter
   */
  void sendTrain(ByteBuf datagrams, int segment);

  /** Whether it carries less than it is given: who leaves out whole pictures in time spares the peer broken ones. */
  default boolean congested() {
    return false;
  }

  /** A valid check has come by it: a connection of a stranger is closed soon. */
  default void proved() {}

  /** Closes the connection, where it is one. */
  default void close() {}
}
