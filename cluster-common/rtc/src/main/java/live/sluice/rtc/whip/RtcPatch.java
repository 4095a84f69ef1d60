package live.sluice.rtc.whip;

/**
 * A client's wish to tell more candidates, or to restart ICE.
 *
 * @param ifMatch the version that it is about; {@code *} asks for a restart (RFC 9725, section 4.3.3)
 * @param fragment an SDP fragment of RFC 8840, as it came; at most {@link RtcSessions#MAX_SDP_CHARS} characters
 */
public record RtcPatch(IfMatch ifMatch, String fragment) {}
