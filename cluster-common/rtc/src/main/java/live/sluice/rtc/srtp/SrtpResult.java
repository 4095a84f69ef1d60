package live.sluice.rtc.srtp;

/** What became of a packet that came in. */
public enum SrtpResult {
  /** It is authentic and new, and stands in plain in its buffer. */
  OK,
  /** It is no RTP or RTCP packet, or too short to be a protected one. */
  MALFORMED,
  /** Its tag is wrong: somebody else's, changed on its way, or under other keys. */
  AUTH,
  /** It came before, or is older than what is remembered; RFC 3711, section 3.3.2. */
  REPLAY,
  /** Its source is a new one, and the context knows as many as it may. */
  TOO_MANY_SSRC
}
