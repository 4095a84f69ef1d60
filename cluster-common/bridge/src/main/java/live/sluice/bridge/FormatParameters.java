package live.sluice.bridge;

import java.util.HexFormat;
import live.sluice.media.Codec;
import live.sluice.media.SluiceException;
import live.sluice.media.Track;
import live.sluice.media.codec.AvcConfig;

/** What SDP says behind {@code a=fmtp} of tracks that come as frames. */
final class FormatParameters {
  private static final String H264 = "level-asymmetry-allowed=1;packetization-mode=1;profile-level-id=";

  /** Constrained baseline, level 3.1: what all WebRTC players take (RFC 7742, section 6.2). */
  private static final String H264_COMMON = "42e01f";

  /** Of H.264 that is made here. */
  static final String H264_ANY = H264 + H264_COMMON;

  private static final int HEVC_RECORD = 13;
  private static final int AV1_RECORD = 4;

  private FormatParameters() {}

  /** Of Opus, with two channels or one (RFC 7587, section 6.1). */
  static String opus(boolean stereo) {
    return stereo ? "minptime=10;sprop-stereo=1;stereo=1;useinbandfec=1" : "minptime=10;useinbandfec=1";
  }

  /** Of pictures. */
  static String video(Track track) {
    byte[] config = track.config();
    return switch (track.codec()) {
      case H264 -> H264 + h264Profile(config);
      case HEVC -> config.length < HEVC_RECORD ? "" : hevc(config);
      case AV1 -> config.length < AV1_RECORD ? "" : av1(config);
      default -> "";
    };
  }

  /** Of the sequence parameter set, which the record only repeats (RFC 6184, section 8.1). */
  private static String h264Profile(byte[] config) {
    if (config.length == 0) {
      return H264_COMMON;
    }
    try {
      AvcConfig record = AvcConfig.parse(config);
      HexFormat hex = HexFormat.of();
      if (!record.sps().isEmpty() && record.sps().getFirst().length >= 4) {
        return hex.formatHex(record.sps().getFirst(), 1, 4);
      }
      return hex.toHexDigits((byte) record.profile())
          + hex.toHexDigits((byte) record.constraints())
          + hex.toHexDigits((byte) record.level());
    } catch (SluiceException unreadable) {
      return H264_COMMON;
    }
  }

  /** From the HEVCDecoderConfigurationRecord; RFC 7798, section 7.1. */
  private static String hevc(byte[] config) {
    int profile = config[1] & 0x1f;
    int tier = config[1] >> 5 & 1;
    int level = config[12] & 0xff;
    return "level-id=" + level + ";profile-id=" + profile + ";tier-flag=" + tier + ";tx-mode=SRST";
  }

  /** From the AV1CodecConfigurationRecord; RTP payload format for AV1, section 7.2.1. */
  private static String av1(byte[] config) {
    int profile = config[1] >> 5 & 7;
    int level = config[1] & 0x1f;
    int tier = config[2] >> 7 & 1;
    return "level-idx=" + level + ";profile=" + profile + ";tier=" + tier;
  }

  /** Whether WebRTC has an RTP format for it that we write. */
  static boolean isPicture(Codec codec) {
    return codec == Codec.H264 || codec == Codec.HEVC || codec == Codec.AV1;
  }
}
