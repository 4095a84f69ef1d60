package live.sluice.hop.transport;

import java.net.InetSocketAddress;

/** A connection to another node. Thread-safe; nothing blocks. */
public interface HopConnection {
  /** The other node's id as its certificate has it; empty where the transport has no certificates. */
  String peer();

  /** Where the other node is. */
  InetSocketAddress remote();

  /** Whether this node dialled. */
  boolean dialled();

  /**
   * Sends a datagram, after {@link #flush}.
   *
   * @param datagram of at most {@link HopTransport#MAX_DATAGRAM} bytes; taken over, and not to be written to any more
   * @return false where it was given up: too many wait, or the connection has ended
   */
  boolean send(byte[] datagram);

  /** What was sent leaves now. */
  void flush();

  /**
   * Sends a message of control, in order. One that can't be sent since the other side takes none ends the connection.
   *
   * @param message of at most {@link HopTransport#MAX_MESSAGE} bytes; taken over
   */
  void control(byte[] message);

  /** Opens a stream to the other side. */
  OutStream open();

  /** How it does. */
  TransportStatistics statistics();

  /** Ends it; {@link ConnectionEvents#closed} is told. More calls do nothing. */
  void close(String why);
}
