package live.sluice.rtc.sdp;

import java.util.Locale;
import live.sluice.media.Codec;
import org.jspecify.annotations.Nullable;

/**
 * A payload type of a section, and what it stands for.
 *
 * @param payloadType the payload type, 0 to 127
 * @param name the encoding's name, such as {@code H264} or {@code rtx}
 * @param clockRate ticks in a second, in Hz
 * @param channels of sound, 1 where nothing is said
 * @param parameters behind {@code a=fmtp}; empty where there are none
 * @param feedback what it may be given
 */
record OfferedCodec(
    int payloadType, String name, int clockRate, int channels, String parameters, Feedback feedback) {
  private static final int VIDEO_CLOCK = 90_000;

  /** The codec, of those that can be carried; null of others, of RTX, FEC and the like. */
  @Nullable Codec codec() {
    return switch (name.toLowerCase(Locale.ROOT)) {
      case "h264" -> video(Codec.H264);
      case "h265" -> video(Codec.HEVC);
      case "vp8" -> video(Codec.VP8);
      case "vp9" -> video(Codec.VP9);
      case "av1" -> video(Codec.AV1);
      case "opus" -> clockRate == 48_000 && channels == 2 ? Codec.OPUS : null;
      case "pcma" -> clockRate == 8000 && channels == 1 ? Codec.G711A : null;
      case "pcmu" -> clockRate == 8000 && channels == 1 ? Codec.G711U : null;
      default -> null;
    };
  }

  private @Nullable Codec video(Codec codec) {
    return clockRate == VIDEO_CLOCK ? codec : null;
  }

  boolean isRtx() {
    return name.equalsIgnoreCase("rtx");
  }

  FormatParameters format() {
    return FormatParameters.parse(parameters);
  }

  /** As {@code a=rtpmap} has it. */
  String mapping() {
    return name + '/' + clockRate + (channels > 1 ? "/" + channels : "");
  }

  /** The name by which RTP knows a codec. */
  static String nameOf(Codec codec) {
    return switch (codec) {
      case HEVC -> "H265";
      case OPUS -> "opus";
      case G711A -> "PCMA";
      case G711U -> "PCMU";
      default -> codec.label();
    };
  }
}
