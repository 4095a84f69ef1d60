package live.sluice.rtc.dtls;

/**
 * Why an association is over.
 *
 * @param reason which of the ways
 * @param detail the same in words, for logs
 */
public record DtlsEnd(Reason reason, String detail) {
  /** The ways. */
  public enum Reason {
    /** {@link DtlsEndpoint#close} was called. */
    CLOSED_HERE,
    /** The peer said that it goes: close_notify. */
    CLOSED_BY_PEER,
    /** The handshake was not done in time. */
    TIMED_OUT,
    /** The certificate is not the one that was told by SDP, the peer offers no SRTP that we know, and the like. */
    REFUSED_HERE,
    /** The peer refused us by an alert. */
    REFUSED_BY_PEER,
    /** The node has more handshakes under way than it takes, and this one's turn never came. */
    OVERLOADED,
    /** Something else: a defect of ours, or of a library. */
    FAILED
  }
}
