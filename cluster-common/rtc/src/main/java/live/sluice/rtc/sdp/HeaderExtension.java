package live.sluice.rtc.sdp;

import org.jspecify.annotations.Nullable;

/** RTP header extensions that are taken; RFC 8285. */
public enum HeaderExtension {
  /** The section that a packet belongs to; RFC 9143, section 15. */
  MID("urn:ietf:params:rtp-hdrext:sdes:mid"),
  /** The simulcast layer that it belongs to; RFC 8852, section 3.1. */
  RID("urn:ietf:params:rtp-hdrext:sdes:rtp-stream-id"),
  /** The layer of which it repeats a packet; RFC 8852, section 3.2. */
  REPAIRED_RID("urn:ietf:params:rtp-hdrext:sdes:repaired-rtp-stream-id"),
  /** When it was sent, in 64ths of a second over 2^18; what REMB is estimated from. */
  ABS_SEND_TIME("http://www.webrtc.org/experiments/rtp-hdrext/abs-send-time"),
  /** Its number among all that are sent to a peer; what transport-wide feedback speaks of. */
  TRANSPORT_CC("http://www.ietf.org/id/draft-holmer-rmcat-transport-wide-cc-extensions-01"),
  /** How long a player should hold pictures back. */
  PLAYOUT_DELAY("http://www.webrtc.org/experiments/rtp-hdrext/playout-delay");

  private final String uri;

  HeaderExtension(String uri) {
    this.uri = uri;
  }

  /** Its name in SDP. */
  public String uri() {
    return uri;
  }

  static @Nullable HeaderExtension of(String uri) {
    for (HeaderExtension extension : values()) {
      if (extension.uri.equals(uri)) {
        return extension;
      }
    }
    return null;
  }
}
