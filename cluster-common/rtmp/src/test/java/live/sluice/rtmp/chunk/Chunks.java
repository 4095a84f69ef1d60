package live.sluice.rtmp.chunk;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Chunks written by hand, and a reader that writes down what it gets. */
final class Chunks {
  private Chunks() {}

  /** A reader and what came out of it, as {@code type/timestamp/stream/length/hash}. */
  static final class Recorder implements ChunkReader.Sink, AutoCloseable {
    final List<String> got = new ArrayList<>();
    final ChunkReader reader;
    boolean stopAfterEach;

    Recorder(ChunkBounds bounds) {
      reader = new ChunkReader(bounds, ByteBufAllocator.DEFAULT, this);
    }

    Recorder() {
      this(ChunkBounds.ofMessage(1 << 20));
    }

    @Override
    public boolean onMessage(RtmpMessage message) {
      got.add(describe(message.type(), message.timestamp(), message.streamId(), message.payload()));
      message.release();
      return !stopAfterEach;
    }

    Recorder read(ByteBuf bytes) {
      try {
        while (!reader.read(bytes)) {
          got.add("stop");
        }
      } finally {
        bytes.release();
      }
      return this;
    }

    /** Reads in pieces of {@code size} bytes. */
    Recorder read(ByteBuf bytes, int size) {
      try {
        while (bytes.isReadable()) {
          read(bytes.readRetainedSlice(Math.min(size, bytes.readableBytes())));
        }
      } finally {
        bytes.release();
      }
      return this;
    }

    @Override
    public void close() {
      reader.close();
    }
  }

  static String describe(int type, long timestamp, int streamId, ByteBuf payload) {
    int hash = Arrays.hashCode(ByteBufUtil.getBytes(payload));
    return type + "/" + timestamp + "/" + streamId + "/" + payload.readableBytes() + "/" + hash;
  }

  /** A body whose bytes differ. */
  static ByteBuf body(int length) {
    ByteBuf body = Unpooled.buffer(Math.max(1, length));
    for (int i = 0; i < length; i++) {
      body.writeByte(i * 7 + i / 251);
    }
    return body;
  }

  static ByteBuf basic(ByteBuf out, int format, int id) {
    if (id < 64) {
      return out.writeByte(format << 6 | id);
    }
    if (id < 320) {
      return out.writeByte(format << 6).writeByte(id - 64);
    }
    return out.writeByte(format << 6 | 1).writeByte((id - 64) & 0xff).writeByte((id - 64) >> 8);
  }

  static ByteBuf type0(ByteBuf out, int id, int timestamp, int length, int type, int streamId) {
    return basic(out, 0, id).writeMedium(timestamp).writeMedium(length).writeByte(type).writeIntLE(streamId);
  }

  static ByteBuf type1(ByteBuf out, int id, int delta, int length, int type) {
    return basic(out, 1, id).writeMedium(delta).writeMedium(length).writeByte(type);
  }

  static ByteBuf type2(ByteBuf out, int id, int delta) {
    return basic(out, 2, id).writeMedium(delta);
  }

  static ByteBuf type3(ByteBuf out, int id) {
    return basic(out, 3, id);
  }

  /** Part of a body. */
  static ByteBuf part(ByteBuf out, ByteBuf body, int from, int length) {
    return out.writeBytes(body, from, length);
  }
}
