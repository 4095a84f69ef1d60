package live.sluice.rtc.sdp;

import java.util.ArrayList;
import java.util.List;
import live.sluice.media.Codec;
import live.sluice.rtp.wire.HeaderExtension;

/**
 * Writes the offer of a client of our own: sections of sound and pictures, bundled, and either all sent or all received.
 * It is used once.
 */
public final class OfferBuilder {
  private static final String EOL = "\r\n";
  private static final int RTX_OFFSET = 1;

  private final LocalTransport local;
  private final boolean publish;
  private final String cname;
  private final List<String> sections = new ArrayList<>();

  private OfferBuilder(LocalTransport local, boolean publish, String cname) {
    this.local = local;
    this.publish = publish;
    this.cname = cname;
  }

  /** An offer to publish (WHIP), by sources of that name. */
  public static OfferBuilder publish(LocalTransport local, String cname) {
    return new OfferBuilder(local, true, cname);
  }

  /** An offer to play (WHEP). */
  public static OfferBuilder play(LocalTransport local) {
    return new OfferBuilder(local, false, "");
  }

  /** The payload type by which a codec is offered; its RTX, which pictures have, is the one after it. */
  public static int payloadType(Codec codec) {
    return switch (codec) {
      case OPUS -> 111;
      case G711U -> 0;
      case G711A -> 8;
      case H264 -> 96;
      case VP8 -> 98;
      case VP9 -> 100;
      case AV1 -> 102;
      case HEVC -> 104;
      default -> throw new IllegalArgumentException("no codec of WebRTC: " + codec);
    };
  }

  /**
   * Adds a section of sound.
   *
   * @param codecs in order of preference
   * @param ssrc of its packets; of no meaning in an offer to play
   */
  public OfferBuilder audio(List<Codec> codecs, int ssrc) {
    StringBuilder text = begin("audio", codecs, false);
    extension(text, HeaderExtension.MID);
    extension(text, HeaderExtension.TRANSPORT_CC);
    for (Codec codec : codecs) {
      int payloadType = payloadType(codec);
      line(text, "rtpmap:" + payloadType + ' ' + OfferedCodec.nameOf(codec) + clock(codec));
      line(text, "rtcp-fb:" + payloadType + " transport-cc");
      if (codec == Codec.OPUS) {
        line(text, "fmtp:" + payloadType + " minptime=10;useinbandfec=1;stereo=1;sprop-stereo=1");
      }
    }
    if (publish) {
      line(text, "ssrc:" + Integer.toUnsignedString(ssrc) + " cname:" + cname);
    }
    sections.add(text.toString());
    return this;
  }

  /**
   * Adds a section of pictures, with RTX.
   *
   * @param codecs in order of preference
   * @param ssrc of its packets; of no meaning in an offer to play
   * @param rtxSsrc of those that are sent again; likewise
   */
  public OfferBuilder video(List<Codec> codecs, int ssrc, int rtxSsrc) {
    StringBuilder text = begin("video", codecs, true);
    extension(text, HeaderExtension.MID);
    extension(text, HeaderExtension.ABS_SEND_TIME);
    extension(text, HeaderExtension.TRANSPORT_CC);
    for (Codec codec : codecs) {
      int payloadType = payloadType(codec);
      line(text, "rtpmap:" + payloadType + ' ' + OfferedCodec.nameOf(codec) + clock(codec));
      for (String kind : new Feedback(true, true, true, true, true).kinds()) {
        line(text, "rtcp-fb:" + payloadType + ' ' + kind);
      }
      String parameters = parameters(codec);
      if (!parameters.isEmpty()) {
        line(text, "fmtp:" + payloadType + ' ' + parameters);
      }
      line(text, "rtpmap:" + (payloadType + RTX_OFFSET) + " rtx/90000");
      line(text, "fmtp:" + (payloadType + RTX_OFFSET) + " apt=" + payloadType);
    }
    if (publish) {
      String primary = Integer.toUnsignedString(ssrc);
      String again = Integer.toUnsignedString(rtxSsrc);
      line(text, "ssrc-group:FID " + primary + ' ' + again);
      line(text, "ssrc:" + primary + " cname:" + cname);
      line(text, "ssrc:" + again + " cname:" + cname);
    }
    sections.add(text.toString());
    return this;
  }

  /** The offer. */
  public String build() {
    StringBuilder text = new StringBuilder();
    text.append("v=0").append(EOL);
    text.append("o=- ").append(local.sessionId()).append(" 1 IN IP4 127.0.0.1").append(EOL);
    text.append("s=-").append(EOL).append("t=0 0").append(EOL);
    StringBuilder mids = new StringBuilder();
    for (int i = 0; i < sections.size(); i++) {
      mids.append(' ').append(i);
    }
    line(text, "group:BUNDLE" + mids);
    line(text, "extmap-allow-mixed");
    line(text, "msid-semantic: WMS *");
    sections.forEach(text::append);
    return text.toString();
  }

  private StringBuilder begin(String media, List<Codec> codecs, boolean rtx) {
    StringBuilder text = new StringBuilder("m=").append(media).append(" 9 UDP/TLS/RTP/SAVPF");
    for (Codec codec : codecs) {
      text.append(' ').append(payloadType(codec));
      if (rtx) {
        text.append(' ').append(payloadType(codec) + RTX_OFFSET);
      }
    }
    text.append(EOL).append("c=IN IP4 0.0.0.0").append(EOL);
    line(text, "ice-ufrag:" + local.ufrag());
    line(text, "ice-pwd:" + local.password());
    line(text, "ice-options:trickle");
    line(text, "fingerprint:" + local.fingerprint().text());
    line(text, "setup:actpass");
    line(text, "mid:" + sections.size());
    line(text, (publish ? Direction.SENDONLY : Direction.RECVONLY).attribute());
    if (publish) {
      line(text, "msid:" + cname + ' ' + cname + '-' + sections.size());
    }
    line(text, "rtcp-mux");
    line(text, "rtcp-rsize");
    if (sections.isEmpty()) {
      for (String candidate : local.candidates()) {
        line(text, candidate);
      }
    }
    return text;
  }

  private static String clock(Codec codec) {
    return switch (codec) {
      case OPUS -> "/48000/2";
      case G711A, G711U -> "/8000";
      default -> "/90000";
    };
  }

  private static String parameters(Codec codec) {
    return switch (codec) {
      case H264 -> "level-asymmetry-allowed=1;packetization-mode=1;profile-level-id=42e01f";
      case VP9 -> "profile-id=0";
      case AV1 -> "level-idx=5;profile=0;tier=0";
      case HEVC -> "level-id=93;profile-id=1;tier-flag=0;tx-mode=SRST";
      default -> "";
    };
  }

  private static void extension(StringBuilder text, HeaderExtension extension) {
    line(text, "extmap:" + (extension.ordinal() + 1) + ' ' + extension.uri());
  }

  private static void line(StringBuilder text, String attribute) {
    text.append("a=").append(attribute).append(EOL);
  }
}
