package live.sluice.rtp.wire;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The header extensions that are known here, by the URI with which SDP maps each to a number ({@code a=extmap}). */
public enum HeaderExtension {
  /** Which media section of the SDP a packet belongs to; text. RFC 9143, section 15. */
  MID("urn:ietf:params:rtp-hdrext:sdes:mid"),
  /** Which simulcast layer a packet belongs to; text. RFC 8852. */
  RID("urn:ietf:params:rtp-hdrext:sdes:rtp-stream-id"),
  /** Which simulcast layer an RTX packet repairs; text. RFC 8852. */
  REPAIRED_RID("urn:ietf:params:rtp-hdrext:sdes:repaired-rtp-stream-id"),
  /** When the packet was sent, 24 bits: see {@link AbsSendTime}. */
  ABS_SEND_TIME("http://www.webrtc.org/experiments/rtp-hdrext/abs-send-time"),
  /** The packet's number among all of its transport, 16 bits. */
  TRANSPORT_CC("http://www.ietf.org/id/draft-holmer-rmcat-transport-wide-cc-extensions-01"),
  /** Voice activity (1 bit) and level in -dBov (7 bits). RFC 6464. */
  AUDIO_LEVEL("urn:ietf:params:rtp-hdrext:ssrc-audio-level"),
  /** Least and most playout delay, 12 bits of 10 ms each. */
  PLAYOUT_DELAY("http://www.webrtc.org/experiments/rtp-hdrext/playout-delay"),
  /** Difference of the time of sending and the timestamp, 24 bits in ticks. RFC 5450. */
  TOFFSET("urn:ietf:params:rtp-hdrext:toffset"),
  /** How a picture is to be turned, 8 bits. 3GPP TS 26.114, section 7.4.5. */
  VIDEO_ORIENTATION("urn:3gpp:video-orientation"),
  /** Frames, their layers and what they depend on; AV1 RTP payload format, appendix A. May be longer than 16 bytes. */
  DEPENDENCY_DESCRIPTOR("https://aomediacodec.github.io/av1-rtp-spec/#dependency-descriptor-rtp-header-extension");

  private static final Map<String, HeaderExtension> BY_URI = new HashMap<>();

  static {
    for (HeaderExtension extension : values()) {
      BY_URI.put(extension.uri, extension);
    }
  }

  private final String uri;

  HeaderExtension(String uri) {
    this.uri = uri;
  }

  /** Its URI. */
  public String uri() {
    return uri;
  }

  /** The one with that URI, or null where it is not known here. */
  public static @Nullable HeaderExtension of(String uri) {
    return BY_URI.get(uri);
  }
}
