package live.sluice.rtp.payload;

import io.netty.buffer.ByteBuf;
import live.sluice.media.Codec;
import live.sluice.media.codec.Nal;

/**
 * Where keyframes begin, seen from one packet alone. A keyframe of H.264 or HEVC has two such packets where its
 * parameter sets travel before its first slice: {@link KeyframeStarts} tells the first one. Nothing is allocated, any
 * thread.
 */
public final class Keyframes {
  private static final int VP9_INTER = 0x40;
  private static final int VP9_LAYERED = 0x20;
  private static final int VP9_BEGINS = 0x08;
  private static final int AV1_CONTINUES = 0x80;
  private static final int AV1_NEW_SEQUENCE = 0x08;

  private Keyframes() {}

  /**
   * Whether decoding can begin with this packet: it holds parameter sets that go before a keyframe, or the first bytes
   * of one. True for all sound. False for whatever can't be read.
   *
   * @param packet borrowed; its indices are not moved
   * @param payloadOffset where the payload begins, in bytes from the reader index
   * @param length bytes of the payload
   */
  public static boolean startsKeyframe(Codec codec, ByteBuf packet, int payloadOffset, int length) {
    int at = packet.readerIndex() + payloadOffset;
    int end = Math.min(at + length, packet.writerIndex());
    return switch (codec) {
      case AAC, MP3, OPUS, G711A, G711U, OTHER_AUDIO -> true;
      case H264 -> at < end && nal(NalForm.AVC, packet, at, end, true);
      case HEVC -> at < end && nal(NalForm.HEVC, packet, at, end, true);
      case VP8 -> at < end && vp8(packet, at, end);
      case VP9 -> at < end && vp9(packet, at, end);
      case AV1 -> at < end && av1(packet, at);
      case OTHER_VIDEO, SCRIPT -> false;
    };
  }

  /**
   * Whether parts of the keyframe that a packet starts may stand in packets before it: the parameter sets of H.264 and
   * HEVC go before the first slice.
   *
   * @param packet one that {@link #startsKeyframe}
   */
  public static boolean mayHaveBegunBefore(Codec codec, ByteBuf packet, int payloadOffset, int length) {
    int at = packet.readerIndex() + payloadOffset;
    int end = Math.min(at + length, packet.writerIndex());
    return switch (codec) {
      case H264 -> at < end && !nal(NalForm.AVC, packet, at, end, false);
      case HEVC -> at < end && !nal(NalForm.HEVC, packet, at, end, false);
      default -> false;
    };
  }

  private static boolean nal(NalForm form, ByteBuf packet, int at, int end, boolean slices) {
    int type = form.type(packet.getByte(at));
    int body = at + form.headerLength;
    if (type == form.aggregate) {
      return aggregate(form, packet, body, end, slices);
    }
    if (type == form.fragment) {
      return body < end
          && (packet.getByte(body) & 0x80) != 0
          && starts(form, form.fragmentedType(packet.getByte(body)), packet, body + 1, end, slices);
    }
    return starts(form, type, packet, body, end, slices);
  }

  private static boolean aggregate(NalForm form, ByteBuf packet, int from, int end, boolean slices) {
    int at = from;
    while (end - at > 2) {
      int unitEnd = Math.min(end, at + 2 + packet.getUnsignedShort(at));
      at += 2;
      boolean whole = at < unitEnd;
      if (whole && starts(form, form.type(packet.getByte(at)), packet, at + form.headerLength, unitEnd, slices)) {
        return true;
      }
      at = unitEnd;
    }
    return false;
  }

  /**
   * Whether a NAL unit is what a keyframe begins with. The top bit of a slice is set in the first slice of a picture
   * only: first_mb_in_slice is 0 there (H.264, section 7.3.3), or it is first_slice_segment_in_pic_flag (H.265, section
   * 7.3.6.1).
   *
   * @param slices whether slices count; else only parameter sets do
   */
  private static boolean starts(NalForm form, int type, ByteBuf packet, int body, int end, boolean slices) {
    if (form == NalForm.AVC ? type == Nal.H264_SPS : type == Nal.HEVC_VPS || type == Nal.HEVC_SPS) {
      return true;
    }
    return slices && Nal.isRandomAccess(form.codec, type) && body < end && (packet.getByte(body) & 0x80) != 0;
  }

  /** RFC 7741: the descriptor of section 4.2, then the P bit of section 4.3 in the first partition's first byte. */
  private static boolean vp8(ByteBuf packet, int from, int end) {
    int first = packet.getByte(from);
    boolean beginsFirstPartition = (first & 0x10) != 0 && (first & 0x07) == 0;
    if (!beginsFirstPartition) {
      return false;
    }
    int at = from + 1;
    if ((first & 0x80) != 0) {
      if (at >= end) {
        return false;
      }
      int present = packet.getByte(at++);
      if ((present & 0x80) != 0) {
        if (at >= end) {
          return false;
        }
        at += pictureId(packet, at);
      }
      at += (present & 0x40) != 0 ? 1 : 0;
      at += (present & 0x30) != 0 ? 1 : 0;
    }
    return at < end && (packet.getByte(at) & 1) == 0;
  }

  /** RFC 9628, section 4.2: the beginning of a picture that is not predicted, in the lowest spatial layer. */
  private static boolean vp9(ByteBuf packet, int from, int end) {
    int first = packet.getByte(from);
    if ((first & VP9_INTER) != 0 || (first & VP9_BEGINS) == 0) {
      return false;
    }
    int at = from + 1;
    if ((first & 0x80) != 0) {
      if (at >= end) {
        return false;
      }
      at += pictureId(packet, at);
    }
    if ((first & VP9_LAYERED) == 0) {
      return at < end;
    }
    return at < end && (packet.getByte(at) >> 1 & 0x07) == 0;
  }

  /** Bytes of a picture id, of VP8 and VP9: 15 bits where the top bit says so. */
  private static int pictureId(ByteBuf packet, int at) {
    return (packet.getByte(at) & 0x80) != 0 ? 2 : 1;
  }

  /** The aggregation header (RTP payload format for AV1, section 4.4): N, which never stands in a continuation. */
  private static boolean av1(ByteBuf packet, int at) {
    int header = packet.getByte(at);
    return (header & AV1_NEW_SEQUENCE) != 0 && (header & AV1_CONTINUES) == 0;
  }
}
