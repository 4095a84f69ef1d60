package live.sluice.rtmp.chunk;

import io.netty.buffer.ByteBuf;

/**
 * Writes messages as chunks, each message whole and with a full header (type 0): {@link #begin}, then the body in as
 * many pieces as is convenient, {@code length} bytes in all. Type 3 headers come between. Use one instance per
 * message; it costs nothing.
 */
public final class ChunkWriter {
  /** Chunk stream of control messages (RTMP specification, section 5.4). */
  public static final int CONTROL = 2;

  /** Chunk stream of commands. */
  public static final int COMMAND = 3;

  /** Chunk stream of sound. */
  public static final int AUDIO = 4;

  /** Chunk stream of data. */
  public static final int DATA = 5;

  /** Chunk stream of pictures. */
  public static final int VIDEO = 6;

  /** Where the message stream id stands, counted from the start of a message whose chunk stream id is below 64. */
  public static final int STREAM_ID_OFFSET = 8;

  private static final int EXTENDED = 0xffffff;

  private final int chunkSize;
  private final int chunkStream;
  private final int extension;
  private final boolean extended;
  private int left;

  private ChunkWriter(int chunkSize, int chunkStream, int timestamp) {
    this.chunkSize = chunkSize;
    this.chunkStream = chunkStream;
    this.extension = timestamp;
    this.extended = Integer.compareUnsigned(timestamp, EXTENDED) >= 0;
    this.left = chunkSize;
  }

  /** Bytes on the wire of a message of {@code length} bytes. */
  public static int size(int chunkSize, int timestamp, int length) {
    int extra = Integer.compareUnsigned(timestamp, EXTENDED) >= 0 ? 4 : 0;
    int further = length <= chunkSize ? 0 : (length - 1) / chunkSize;
    return 12 + extra + length + further * (1 + extra);
  }

  /**
   * Writes the header of a message.
   *
   * @param chunkStream 2 to 63
   * @param timestamp in ms, 32 bits without sign
   */
  public static ChunkWriter begin(
      ByteBuf out, int chunkSize, int chunkStream, int type, int timestamp, int streamId, int length) {
    ChunkWriter writer = new ChunkWriter(chunkSize, chunkStream, timestamp);
    out.writeByte(chunkStream);
    out.writeMedium(writer.extended ? EXTENDED : timestamp);
    out.writeMedium(length);
    out.writeByte(type);
    out.writeIntLE(streamId);
    writer.writeExtension(out);
    return writer;
  }

  /** Writes the readable bytes of {@code piece} as part of the body, without moving its indices. */
  public ChunkWriter body(ByteBuf out, ByteBuf piece) {
    int at = piece.readerIndex();
    int end = piece.writerIndex();
    while (at < end) {
      if (left == 0) {
        out.writeByte(0xc0 | chunkStream);
        writeExtension(out);
        left = chunkSize;
      }
      int bytes = Math.min(left, end - at);
      out.writeBytes(piece, at, bytes);
      at += bytes;
      left -= bytes;
    }
    return this;
  }

  private void writeExtension(ByteBuf out) {
    if (extended) {
      out.writeInt(extension);
    }
  }
}
