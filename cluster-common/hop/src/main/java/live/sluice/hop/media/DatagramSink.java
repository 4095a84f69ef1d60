package live.sluice.hop.media;

/** Takes datagrams to the other node. Called on the link's loop. */
@FunctionalInterface
public interface DatagramSink {
  /**
   * Sends one datagram of at most {@value live.sluice.hop.media.wire.LinkDatagram#MAX_BYTES} bytes; it takes over the
   * array.
   *
   * @return false where the transport has dropped it
   */
  boolean send(byte[] datagram);
}
