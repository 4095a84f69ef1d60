package live.sluice.container.flv;

import live.sluice.media.Codec;

/** Codes of codecs in enhanced headers (Enhanced RTMP v2, "Enhanced Audio" and "Enhanced Video"). */
final class FourCc {
  static final int AVC1 = of("avc1");
  static final int HVC1 = of("hvc1");
  static final int HEV1 = of("hev1");
  static final int VVC1 = of("vvc1");
  static final int AV01 = of("av01");
  static final int VP09 = of("vp09");
  static final int VP08 = of("vp08");
  static final int OPUS = of("Opus");
  static final int MP4A = of("mp4a");
  static final int MP3 = of(".mp3");

  private FourCc() {}

  static int of(String code) {
    return code.charAt(0) << 24 | code.charAt(1) << 16 | code.charAt(2) << 8 | code.charAt(3);
  }

  static Codec video(int code) {
    if (code == AVC1) {
      return Codec.H264;
    }
    if (code == HVC1 || code == HEV1) {
      return Codec.HEVC;
    }
    if (code == AV01) {
      return Codec.AV1;
    }
    if (code == VP09) {
      return Codec.VP9;
    }
    return code == VP08 ? Codec.VP8 : Codec.OTHER_VIDEO;
  }

  static Codec audio(int code) {
    if (code == OPUS) {
      return Codec.OPUS;
    }
    if (code == MP4A) {
      return Codec.AAC;
    }
    return code == MP3 ? Codec.MP3 : Codec.OTHER_AUDIO;
  }

  /** The code that is written for a codec without a legacy form. */
  static int of(Codec codec) {
    return switch (codec) {
      case HEVC -> HVC1;
      case AV1 -> AV01;
      case VP9 -> VP09;
      case VP8 -> VP08;
      case OPUS -> OPUS;
      case H264, AAC, MP3, G711A, G711U, OTHER_AUDIO, OTHER_VIDEO, SCRIPT ->
          throw new IllegalArgumentException(codec + " has a legacy header");
    };
  }

  /** Whether coded frames of that codec hold a composition time offset, unless their packet type says it is 0. */
  static boolean hasCompositionOffset(int code) {
    return code == AVC1 || code == HVC1 || code == HEV1 || code == VVC1;
  }
}
