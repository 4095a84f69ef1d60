package live.sluice.kwik;

import tech.kwik.core.QuicConnection;
import tech.kwik.core.cc.NewRenoCongestionController;
import tech.kwik.core.frame.DatagramFrame;
import tech.kwik.core.impl.Senders;
import tech.kwik.core.send.SendRequestQueue;
import tech.kwik.core.send.SenderImpl;

/** The datagrams of one connection on their way out. Thread-safe. */
public final class MediaQueue {
  /**
   * Largest datagram, in bytes. Kwik says 1236; from 1224 on it takes them and never sends them.
   */
  public static final int MAX_DATAGRAM = 1200;

  private final SenderImpl sender;
  private final NewRenoCongestionController controller;
  private final SendRequestQueue queue;

  private MediaQueue(SenderImpl sender, NewRenoCongestionController controller) {
    this.sender = sender;
    this.controller = controller;
    this.queue = controller.queue();
  }

  /** The queue of a connection that is established. */
  public static MediaQueue of(QuicConnection connection) {
    SenderImpl sender = Senders.of(connection);
    return new MediaQueue(sender, (NewRenoCongestionController) sender.getCongestionController());
  }

  /**
   * Adds a datagram, which leaves after {@link #flush}.
   *
   * @param data taken over, and not to be written to any more
   * @return false where it was given up: too many wait, or the connection has ended
   * @throws IllegalArgumentException where it is larger than {@link #MAX_DATAGRAM}
   */
  public boolean offer(byte[] data) {
    if (data.length > MAX_DATAGRAM) {
      throw new IllegalArgumentException(data.length + " bytes are more than a datagram's " + MAX_DATAGRAM);
    }
    return queue.offer(new DatagramFrame(data));
  }

  /** Sends what was added. */
  public void flush() {
    sender.flush();
  }

  /** Datagrams that wait for the congestion window or their turn. */
  public int waiting() {
    return queue.waitingDatagrams();
  }

  /** Datagrams that were given up here since the beginning: too many waited, or too long, or the connection ended. */
  public long dropped() {
    return queue.droppedDatagrams();
  }

  /** The congestion window, in bytes. */
  public long window() {
    return controller.getWindowSize();
  }

  /** Bytes that are under way. */
  public long inFlight() {
    return controller.getBytesInFlight();
  }

  /** The smoothed round trip, in ms. */
  public int roundTripMillis() {
    return sender.getStatistics().smoothedRtt();
  }

  /** Packets of QUIC that were sent. */
  public long sentPackets() {
    return sender.getStatistics().packetsSent();
  }

  /** Packets of QUIC that were taken for lost. */
  public long lostPackets() {
    return sender.getStatistics().lostPackets();
  }
}
