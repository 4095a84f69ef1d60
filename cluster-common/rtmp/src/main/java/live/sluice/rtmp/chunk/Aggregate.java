package live.sluice.rtmp.chunk;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import live.sluice.media.ErrorCode;
import live.sluice.media.SluiceException;

/** Takes an aggregate message apart (RTMP specification, section 7.1.6): its body is a row of FLV tags. */
final class Aggregate {
  private static final int TAG_HEADER = 11;
  private static final int BACK_POINTER = 4;

  private Aggregate() {}

  /** Gives each message in {@code aggregate} to {@code sink}; the aggregate stays the caller's. */
  static boolean split(RtmpMessage aggregate, ByteBufAllocator allocator, ChunkReader.Sink sink) {
    ByteBuf body = aggregate.payload();
    boolean goOn = true;
    boolean first = true;
    long offset = 0;
    while (body.readableBytes() >= TAG_HEADER) {
      int type = body.readUnsignedByte();
      int length = body.readUnsignedMedium();
      long timestamp = body.readUnsignedMedium() | (long) body.readUnsignedByte() << 24;
      body.skipBytes(3);
      if (body.readableBytes() < length) {
        throw new SluiceException(
            ErrorCode.PROTOCOL_ERROR,
            "an aggregate message holds one of " + length + " bytes, and has " + body.readableBytes() + " left");
      }
      if (first) {
        // The aggregate's timestamp is the first message's; the others keep their distance to it.
        offset = aggregate.timestamp() - timestamp;
        first = false;
      }
      if (isMedia(type)) {
        long time = (timestamp + offset) & 0xffffffffL;
        // A copy: whoever keeps one small frame must not keep the whole aggregate with it.
        ByteBuf part = allocator.directBuffer(length).writeBytes(body, body.readerIndex(), length);
        goOn &= sink.onMessage(new RtmpMessage(type, time, aggregate.streamId(), part));
      }
      body.skipBytes(length);
      body.skipBytes(Math.min(BACK_POINTER, body.readableBytes()));
    }
    return goOn;
  }

  /** Nothing else may be in it: an aggregate within an aggregate, without end, would cost us the stack. */
  private static boolean isMedia(int type) {
    return type == MessageType.AUDIO || type == MessageType.VIDEO || type == MessageType.DATA_AMF0;
  }
}
