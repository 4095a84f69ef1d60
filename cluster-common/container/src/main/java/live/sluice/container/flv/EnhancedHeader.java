package live.sluice.container.flv;

import io.netty.buffer.ByteBuf;
import live.sluice.media.ErrorCode;
import live.sluice.media.SluiceException;

/**
 * The enhanced header of a body (Enhanced RTMP v2, ExAudioTagHeader and ExVideoTagHeader): packet type, FourCC, and
 * where the payload of the first track lies. Extensions are passed over; further tracks are not looked at. One instance
 * reads many headers.
 */
final class EnhancedHeader {
  static final int SEQUENCE_START = 0;
  static final int CODED_FRAMES = 1;
  static final int SEQUENCE_END = 2;
  static final int CODED_FRAMES_X = 3;
  static final int METADATA = 4;
  static final int MULTICHANNEL_CONFIG = 4;
  static final int MPEG2TS_SEQUENCE_START = 5;
  static final int MOD_EX = 7;

  private static final int AUDIO_MULTITRACK = 5;
  private static final int VIDEO_MULTITRACK = 6;
  private static final int ONE_TRACK = 0;
  private static final int MANY_TRACKS_MANY_CODECS = 2;
  private static final int COMMAND_FRAME = 5;

  private int packetType;
  private int fourCc;
  private int payloadStart;
  private int payloadEnd;

  private int at;
  private int end;

  /** Reads the header at the reader index of {@code body}; false where there is nothing for us in it. */
  boolean parse(ByteBuf body, boolean video) {
    at = body.readerIndex();
    end = body.writerIndex();
    int first = u8(body);
    packetType = first & 0x0f;
    while (packetType == MOD_EX) {
      packetType = skipExtension(body);
    }
    if (video && (first >> 4 & 7) == COMMAND_FRAME && packetType != METADATA) {
      return false;
    }
    if (packetType == (video ? VIDEO_MULTITRACK : AUDIO_MULTITRACK)) {
      return firstTrack(body);
    }
    fourCc = u32(body);
    payloadStart = at;
    payloadEnd = end;
    return true;
  }

  /** The packet type, extensions and multitrack taken away. */
  int packetType() {
    return packetType;
  }

  int fourCc() {
    return fourCc;
  }

  /** Absolute index in the body. */
  int payloadStart() {
    return payloadStart;
  }

  /** Absolute index in the body. */
  int payloadEnd() {
    return payloadEnd;
  }

  /** ModEx, such as the nanoseconds of a timestamp: a size, that many bytes, then the packet type that it modifies. */
  private int skipExtension(ByteBuf body) {
    int size = u8(body) + 1;
    if (size == 256) {
      size = u16(body) + 1;
    }
    skip(size);
    return u8(body) & 0x0f;
  }

  private boolean firstTrack(ByteBuf body) {
    int types = u8(body);
    int layout = types >> 4;
    packetType = types & 0x0f;
    if (layout > MANY_TRACKS_MANY_CODECS) {
      return false;
    }
    if (layout != MANY_TRACKS_MANY_CODECS) {
      fourCc = u32(body);
    }
    while (at < end) {
      if (layout == MANY_TRACKS_MANY_CODECS) {
        fourCc = u32(body);
      }
      int track = u8(body);
      int size = layout == ONE_TRACK ? end - at : u8(body) << 16 | u16(body);
      payloadStart = at;
      skip(size);
      payloadEnd = at;
      if (track == 0) {
        return true;
      }
    }
    return false;
  }

  private int u8(ByteBuf body) {
    skip(1);
    return body.getUnsignedByte(at - 1);
  }

  private int u16(ByteBuf body) {
    skip(2);
    return body.getUnsignedShort(at - 2);
  }

  private int u32(ByteBuf body) {
    skip(4);
    return body.getInt(at - 4);
  }

  private void skip(int bytes) {
    if (end - at < bytes) {
      throw new SluiceException(ErrorCode.PROTOCOL_ERROR, "an enhanced audio or video header is cut short");
    }
    at += bytes;
  }
}
