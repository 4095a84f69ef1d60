package live.sluice.rtmp.chunk;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import org.jspecify.annotations.Nullable;

/**
 * Memory for the messages of one connection, cut off one after the other from a larger buffer: for what comes and goes
 * together, as the frames of a GOP do, that is far less work than a buffer of the allocator's for each. The memory
 * is free again when all messages in it are. Not thread-safe; who gets a message may release it anywhere.
 */
final class Slab implements AutoCloseable {
  /** A quarter of a second of 1 Mb/s; what a connection that is idle keeps. */
  private static final int BYTES = 32 * 1024;

  /** Longer messages are few, and would waste the end of a slab. */
  private static final int MOST = BYTES / 8;

  private final ByteBufAllocator allocator;
  private @Nullable ByteBuf memory;

  Slab(ByteBufAllocator allocator) {
    this.allocator = allocator;
  }

  /** An empty buffer that {@code bytes} can be written to, and no more; the caller releases it. */
  ByteBuf take(int bytes) {
    if (bytes > MOST) {
      return allocator.directBuffer(bytes, bytes);
    }
    ByteBuf current = memory;
    if (current == null || current.writableBytes() < bytes) {
      close();
      current = allocator.directBuffer(BYTES, BYTES);
      memory = current;
    }
    int start = current.writerIndex();
    current.writerIndex(start + bytes);
    // Not retainedSlice: that keeps slices for use again, which costs more than they do.
    return current.slice(start, bytes).clear().retain();
  }

  /** Lets go of the memory; messages keep their part of it. */
  @Override
  public void close() {
    ByteBuf old = memory;
    memory = null;
    if (old != null) {
      old.release();
    }
  }
}
