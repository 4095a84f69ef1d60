package live.sluice.rtmp.chunk;

import io.netty.buffer.ByteBuf;
import io.netty.util.collection.IntObjectMap;
import org.jspecify.annotations.Nullable;

/**
 * The headers of one chunk (RTMP specification, section 5.3.1): basic header, message header and extended timestamp.
 * One instance reads many.
 */
final class ChunkHeader {
  /** Longest in bytes. */
  static final int MAX_BYTES = 3 + 11 + 4;

  private static final int EXTENDED = 0xffffff;

  int format;
  int id;

  /** Timestamp or delta, extension included; only if {@link #hasField}. */
  long field;

  boolean hasField;
  boolean extended;

  /** Of types 0 and 1. */
  int length;

  int type;

  /** Of type 0. */
  int streamId;

  private int at;

  /** Reads the headers at the reader index; false, with nothing read, when they have not come in full. */
  boolean read(ByteBuf in, IntObjectMap<ChunkStream> streams) {
    at = in.readerIndex();
    int end = in.writerIndex();
    if (!readBasic(in, end) || !readFields(in, end)) {
      return false;
    }
    ChunkStream stream = streams.get(id);
    if (format == 3) {
      extended = stream != null && stream.extended;
    }
    if (extended && !readExtension(in, end, stream)) {
      return false;
    }
    in.readerIndex(at);
    return true;
  }

  private boolean readBasic(ByteBuf in, int end) {
    int first = in.getUnsignedByte(at++);
    format = first >> 6;
    id = first & 0x3f;
    // Section 5.3.1.1: 0 and 1 stand for ids of one and two further bytes.
    int further = id == 0 ? 1 : id == 1 ? 2 : 0;
    if (end - at < further) {
      return false;
    }
    if (further > 0) {
      id = 64 + in.getUnsignedByte(at) + (further == 2 ? in.getUnsignedByte(at + 1) << 8 : 0);
      at += further;
    }
    return true;
  }

  private boolean readFields(ByteBuf in, int end) {
    int bytes =
        switch (format) {
          case 0 -> 11;
          case 1 -> 7;
          case 2 -> 3;
          default -> 0;
        };
    if (end - at < bytes) {
      return false;
    }
    hasField = format < 3;
    if (hasField) {
      field = in.getUnsignedMedium(at);
      extended = field == EXTENDED;
    }
    if (format < 2) {
      length = in.getUnsignedMedium(at + 3);
      type = in.getUnsignedByte(at + 6);
    }
    if (format == 0) {
      streamId = in.getIntLE(at + 7);
    }
    at += bytes;
    return true;
  }

  private boolean readExtension(ByteBuf in, int end, @Nullable ChunkStream stream) {
    if (stream != null && stream.midMessage()) {
      int same = repeated(in, end, stream);
      if (same < 4) {
        // Left out, unless the bytes that tell have not come yet.
        return at + same != end;
      }
    } else if (end - at < 4) {
      return false;
    } else {
      field = in.getUnsignedInt(at);
      hasField = true;
    }
    at += 4;
    return true;
  }

  /**
   * How many of the next bytes are those of the extended timestamp, repeated. Section 5.3.1.3 wants it in every chunk
   * of the message; some encoders leave it out, so the bytes decide. Those that repeat it write either what the first
   * header had or the message's absolute time.
   */
  private int repeated(ByteBuf in, int end, ChunkStream stream) {
    return Math.max(prefix(in, end, stream.field), prefix(in, end, stream.timestamp));
  }

  private int prefix(ByteBuf in, int end, long value) {
    for (int i = 0; i < 4; i++) {
      if (at + i == end || in.getByte(at + i) != (byte) (value >> (24 - 8 * i))) {
        return i;
      }
    }
    return 4;
  }
}
