package live.sluice.container.flv;

import io.netty.buffer.ByteBuf;
import live.sluice.media.Codec;
import live.sluice.media.Frame;

/**
 * Writes the headers that stand before a frame's payload in the body of an FLV tag or an RTMP message: legacy ones
 * where the codec has them, since every player reads those, and enhanced ones for the others. {@link FlvBodyReader} is
 * the way back.
 */
public final class FlvBody {
  /** Longest header in bytes. */
  public static final int MAX_HEADER = 8;

  static final int CONFIG = 0;
  static final int CODED = 1;
  static final int END = 2;

  private static final int KEY = 1;
  private static final int INTER = 2;
  private static final int AVC = 7;

  private FlvBody() {}

  /** The type of the tag, and of the RTMP message, that carries {@code frame}; see {@link FlvType}. */
  public static int tagType(Frame frame) {
    return switch (frame.kind()) {
      case VIDEO -> FlvType.VIDEO;
      case AUDIO -> FlvType.AUDIO;
      case DATA -> FlvType.SCRIPT;
    };
  }

  /** Bytes that {@link #header} writes. */
  public static int headerLength(Frame frame) {
    return switch (frame.track().codec()) {
      case H264 -> 5;
      case AAC -> 2;
      case MP3, G711A, G711U -> 1;
      case HEVC -> withOffset(frame) ? 8 : 5;
      case AV1, VP9, VP8, OPUS -> 5;
      case OTHER_AUDIO -> enhanced(frame) ? 5 : 1;
      case OTHER_VIDEO -> enhanced(frame) ? 5 + (withOffset(frame) ? 3 : 0) : 1;
      case SCRIPT -> 0;
    };
  }

  /** Bytes of the whole body: header and payload. */
  public static int length(Frame frame) {
    return headerLength(frame) + frame.size();
  }

  /** Writes the header; the payload follows it as it is. */
  public static void header(Frame frame, ByteBuf out) {
    Codec codec = frame.track().codec();
    switch (codec) {
      case H264 -> {
        out.writeByte(frameType(frame) << 4 | AVC);
        out.writeByte(frame.config() ? CONFIG : CODED);
        out.writeMedium((int) frame.compositionOffset());
      }
      case AAC -> {
        out.writeByte(LegacyAudio.header(frame.track()));
        out.writeByte(frame.config() ? CONFIG : CODED);
      }
      case MP3, G711A, G711U -> out.writeByte(LegacyAudio.header(frame.track()));
      case HEVC, AV1, VP9, VP8 -> enhancedVideo(frame, FourCc.of(codec), out);
      case OPUS -> enhancedAudio(frame, FourCc.of(codec), out);
      case OTHER_AUDIO -> {
        if (enhanced(frame)) {
          enhancedAudio(frame, keptFourCc(frame), out);
        } else {
          out.writeByte(LegacyAudio.header(frame.track()));
        }
      }
      case OTHER_VIDEO -> {
        if (enhanced(frame)) {
          enhancedVideo(frame, keptFourCc(frame), out);
        } else {
          out.writeByte(frameType(frame) << 4 | (frame.track().config()[0] & 0x0f));
        }
      }
      case SCRIPT -> {}
    }
  }

  private static void enhancedVideo(Frame frame, int fourCc, ByteBuf out) {
    int packetType = EnhancedHeader.CODED_FRAMES_X;
    if (frame.config()) {
      packetType = EnhancedHeader.SEQUENCE_START;
    } else if (withOffset(frame) || !FourCc.hasCompositionOffset(fourCc)) {
      packetType = EnhancedHeader.CODED_FRAMES;
    }
    out.writeByte(0x80 | frameType(frame) << 4 | packetType);
    out.writeInt(fourCc);
    if (withOffset(frame)) {
      out.writeMedium((int) frame.compositionOffset());
    }
  }

  private static void enhancedAudio(Frame frame, int fourCc, ByteBuf out) {
    out.writeByte(
        LegacyAudio.ENHANCED << 4 | (frame.config() ? EnhancedHeader.SEQUENCE_START : EnhancedHeader.CODED_FRAMES));
    out.writeInt(fourCc);
  }

  private static int frameType(Frame frame) {
    return frame.keyframe() || frame.config() ? KEY : INTER;
  }

  /** Whether an enhanced header holds the composition time offset; one of 0 is left out. */
  private static boolean withOffset(Frame frame) {
    if (frame.config() || frame.compositionOffset() == 0) {
      return false;
    }
    Codec codec = frame.track().codec();
    return codec == Codec.HEVC || (codec == Codec.OTHER_VIDEO && FourCc.hasCompositionOffset(keptFourCc(frame)));
  }

  /** What is only passed through keeps its legacy byte or its FourCC as its track's configuration. */
  private static boolean enhanced(Frame frame) {
    return frame.track().config().length == 4;
  }

  private static int keptFourCc(Frame frame) {
    byte[] code = frame.track().config();
    return (code[0] & 0xff) << 24 | (code[1] & 0xff) << 16 | (code[2] & 0xff) << 8 | (code[3] & 0xff);
  }
}
