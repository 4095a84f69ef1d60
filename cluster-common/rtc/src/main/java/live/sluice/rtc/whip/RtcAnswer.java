package live.sluice.rtc.whip;

/** What comes of an offer. */
public sealed interface RtcAnswer {

  /**
   * A session was opened.
   *
   * @param id the session in its URL: as {@link SessionId} makes it, since whoever knows it may end the session
   * @param etag the version of its ICE credentials: an opaque text of letters, digits and {@code . _ -}, without quotes;
   *     another one after each restart
   * @param sdp the SDP answer
   */
  record Created(String id, String etag, String sdp) implements RtcAnswer {}

  /**
   * Another node is to be asked: the client is sent there by 307 (RFC 9725, section 4.5), with the path and query that
   * it came with.
   *
   * @param authority {@code host:port} of that node's API, with brackets around an IPv6 address
   */
  record Redirect(String authority) implements RtcAnswer {}
}
