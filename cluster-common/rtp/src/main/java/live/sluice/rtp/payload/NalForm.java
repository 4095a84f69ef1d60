package live.sluice.rtp.payload;

import live.sluice.media.Codec;
import live.sluice.media.codec.Nal;

/**
 * What H.264 (RFC 6184) and HEVC (RFC 7798) do alike but with other numbers: aggregation and fragmentation of NAL
 * units.
 */
enum NalForm {
  /** RFC 6184: STAP-A (section 5.7.1) and FU-A (section 5.8). */
  AVC(Codec.H264, 1, 24, 28),
  /** RFC 7798: aggregation packets (section 4.4.2) and fragmentation units (section 4.4.3), without DONL. */
  HEVC(Codec.HEVC, 2, 48, 49);

  private static final int AVC_FILLER = 12;
  private static final int HEVC_FILLER = 38;

  final Codec codec;
  /** Bytes of a NAL unit's header. */
  final int headerLength;
  /** The type of a packet of several whole NAL units. */
  final int aggregate;
  /** The type of a packet with a part of a NAL unit. */
  final int fragment;

  NalForm(Codec codec, int headerLength, int aggregate, int fragment) {
    this.codec = codec;
    this.headerLength = headerLength;
    this.aggregate = aggregate;
    this.fragment = fragment;
  }

  static NalForm of(Codec codec) {
    return codec == Codec.HEVC ? HEVC : AVC;
  }

  /** The type, from the first byte of a NAL unit. */
  int type(int firstByte) {
    return Nal.type(codec, firstByte);
  }

  /** The first byte with another type in it, all else as it is. */
  int retyped(int firstByte, int type) {
    return this == HEVC ? (firstByte & 0x81) | type << 1 : (firstByte & 0xe0) | type;
  }

  /** The type in the byte that stands behind a fragment's header. */
  int fragmentedType(int fragmentByte) {
    return this == HEVC ? fragmentByte & 0x3f : fragmentByte & 0x1f;
  }

  /**
   * Whether NAL units of that type are carried: delimiters and filler say nothing that RTP does not say, and the types
   * from {@link #aggregate} on mean other things in RTP.
   */
  boolean carried(int type) {
    return switch (this) {
      case AVC -> type > 0 && type < aggregate && type != Nal.H264_AUD && type != AVC_FILLER;
      case HEVC -> type < aggregate && type != Nal.HEVC_AUD && type != HEVC_FILLER;
    };
  }
}
