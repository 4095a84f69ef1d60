package live.sluice.media.codec;

import live.sluice.media.Codec;

/** Kinds of NAL units (H.264 table 7-1, H.265 table 7-1). The codec given is H264 or HEVC. */
public final class Nal {
  /** A slice of an H.264 IDR picture. */
  public static final int H264_IDR = 5;

  /** Supplemental enhancement information of H.264. */
  public static final int H264_SEI = 6;

  /** Sequence parameter set of H.264. */
  public static final int H264_SPS = 7;

  /** Picture parameter set of H.264. */
  public static final int H264_PPS = 8;

  /** Access unit delimiter of H.264. */
  public static final int H264_AUD = 9;

  /** Video parameter set of H.265. */
  public static final int HEVC_VPS = 32;

  /** Sequence parameter set of H.265. */
  public static final int HEVC_SPS = 33;

  /** Picture parameter set of H.265. */
  public static final int HEVC_PPS = 34;

  /** Access unit delimiter of H.265. */
  public static final int HEVC_AUD = 35;

  /** Supplemental enhancement information of H.265 before the picture. */
  public static final int HEVC_SEI_PREFIX = 39;

  /** Supplemental enhancement information of H.265 after the picture. */
  public static final int HEVC_SEI_SUFFIX = 40;

  private Nal() {}

  /** The type, from the first byte of a NAL unit. */
  public static int type(Codec codec, int firstByte) {
    return codec == Codec.HEVC ? firstByte >> 1 & 0x3f : firstByte & 0x1f;
  }

  /** Whether it is a slice of a picture. */
  public static boolean isSlice(Codec codec, int type) {
    return codec == Codec.HEVC ? type < 32 : type >= 1 && type <= 5;
  }

  /** Whether it is a slice of a picture that decoding can begin with: IDR in H.264, IRAP in H.265. */
  public static boolean isRandomAccess(Codec codec, int type) {
    return codec == Codec.HEVC ? type >= 16 && type <= 23 : type == H264_IDR;
  }

  /** Whether it is a parameter set: sequence, picture, and video in H.265. */
  public static boolean isParameterSet(Codec codec, int type) {
    return codec == Codec.HEVC
        ? type >= HEVC_VPS && type <= HEVC_PPS
        : type == H264_SPS || type == H264_PPS || type == 13 || type == 15;
  }

  /** Whether it is an access unit delimiter. */
  public static boolean isDelimiter(Codec codec, int type) {
    return type == (codec == Codec.HEVC ? HEVC_AUD : H264_AUD);
  }

  /** Whether it is supplemental enhancement information. */
  public static boolean isSei(Codec codec, int type) {
    return codec == Codec.HEVC ? type == HEVC_SEI_PREFIX || type == HEVC_SEI_SUFFIX : type == H264_SEI;
  }
}
