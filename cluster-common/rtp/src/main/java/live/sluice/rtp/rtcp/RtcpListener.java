package live.sluice.rtp.rtcp;

/**
 * Takes what {@link RtcpReader} reads, in the order in which it stands in the packet. SSRCs are 32 bits of an int.
 * None of it is known to be about streams that exist.
 */
public interface RtcpListener {
  /** A sender's report of itself. */
  default void onSenderReport(SenderReport report) {}

  /**
   * A report of what was received; those in sender reports too.
   *
   * @param reporter SSRC of who received
   */
  default void onReportBlock(int reporter, ReportBlock block) {}

  /** The canonical name of a source, at most 255 bytes. */
  default void onCname(int ssrc, String cname) {}

  /** A source ends. */
  default void onBye(int ssrc) {}

  /** One packet is asked for again; the same may be asked for more than once in a packet. */
  default void onNack(int mediaSsrc, int sequence) {}

  /**
   * When packets of the transport arrived.
   *
   * @param feedback belongs to the reader and is valid within the call only
   */
  default void onTransportFeedback(TransportFeedback feedback) {}

  /** A picture was lost: a keyframe is asked for. */
  default void onPli(int mediaSsrc) {}

  /**
   * A keyframe is asked for.
   *
   * @param number the command's, 0 to 255: the same as before is a repetition
   */
  default void onFir(int mediaSsrc, int number) {}

  /** The receiver's estimate of what it can take in all, in bits per second. */
  default void onRemb(long bitsPerSecond) {}
}
