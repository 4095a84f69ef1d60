package live.sluice.rtmp;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import live.sluice.container.flv.FlvBody;
import live.sluice.media.Frame;
import live.sluice.media.WireForm;
import live.sluice.rtmp.chunk.ChunkWriter;

/**
 * A frame as a whole RTMP message in chunks, in one direct buffer: a full header, message stream id 1, and one chunk
 * size for all players of the process, so that they can share the bytes. The timestamp is the low 32 bits of the
 * decoding time.
 */
public final class RtmpForm extends WireForm {
  /** The form of this process. */
  public static final RtmpForm RTMP = new RtmpForm();

  /** The message stream that the form is written for. */
  static final int STREAM_ID = 1;

  private static final int CHUNK_SIZE = 60_000;

  private RtmpForm() {
    super("rtmp");
  }

  /** The chunk size in bytes, which every peer is told before the first frame. */
  public static int chunkSize() {
    return CHUNK_SIZE;
  }

  @Override
  protected ByteBuf encode(Frame frame, ByteBufAllocator allocator) {
    int chunkSize = chunkSize();
    int timestamp = (int) frame.dts();
    int length = FlvBody.length(frame);
    ByteBuf out = allocator.directBuffer(ChunkWriter.size(chunkSize, timestamp, length));
    ByteBuf header = allocator.buffer(FlvBody.MAX_HEADER);
    try {
      FlvBody.header(frame, header);
      ChunkWriter.begin(out, chunkSize, chunkStream(frame), FlvBody.tagType(frame), timestamp, STREAM_ID, length)
          .body(out, header)
          .body(out, frame.payload());
    } finally {
      header.release();
    }
    return out;
  }

  private static int chunkStream(Frame frame) {
    return switch (frame.kind()) {
      case AUDIO -> ChunkWriter.AUDIO;
      case VIDEO -> ChunkWriter.VIDEO;
      case DATA -> ChunkWriter.DATA;
    };
  }

  /** The same message on another message stream: a copy, unless it is the usual one. Takes {@code bytes} over. */
  static ByteBuf onStream(ByteBuf bytes, int streamId) {
    if (streamId == STREAM_ID) {
      return bytes;
    }
    try {
      ByteBuf copy = bytes.alloc().directBuffer(bytes.readableBytes());
      copy.writeBytes(bytes, bytes.readerIndex(), bytes.readableBytes());
      copy.setIntLE(ChunkWriter.STREAM_ID_OFFSET, streamId);
      return copy;
    } finally {
      bytes.release();
    }
  }
}
