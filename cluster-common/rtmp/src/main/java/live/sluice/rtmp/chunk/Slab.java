package live.sluice.rtmp.chunk;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Memory for the media of one connection, cut off message by message from a larger buffer: for what comes and goes
 * together, as the frames of a GOP do, that is far less work than a buffer of the allocator's for each. The memory is
 * free again when all messages in it are; one that is kept keeps its neighbours' too, which no bound on frames sees, so
 * there are bounds here. Not thread-safe; who gets a message may release it anywhere.
 */
final class Slab implements AutoCloseable {
  /** A quarter of a second of 1 Mb/s; what a connection that is idle keeps. */
  private static final int BYTES = 32 * 1024;

  /** Longer messages are few, and would waste the end of a slab. */
  private static final int MOST = BYTES / 8;

  /** Most slabs that are full and still held: past it messages have memory of their own until some are free. */
  static final int MOST_HELD = 64;

  private final ByteBufAllocator allocator;
  private final List<ByteBuf> held = new ArrayList<>();
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
      retire();
      if (held.size() > MOST_HELD) {
        return allocator.directBuffer(bytes, bytes);
      }
      current = allocator.directBuffer(BYTES, BYTES);
      memory = current;
    }
    int start = current.writerIndex();
    current.writerIndex(start + bytes);
    // Not retainedSlice: that keeps slices for use again, which costs more than they do.
    return current.slice(start, bytes).clear().retain();
  }

  /** Puts the full slab to those that are held, and lets go of those that nobody else holds any more. */
  private void retire() {
    ByteBuf full = memory;
    memory = null;
    if (full != null) {
      held.add(full);
    }
    held.removeIf(slab -> slab.refCnt() == 1 && slab.release());
  }

  /** Number of full slabs that somebody still holds a message of. */
  int held() {
    return held.size();
  }

  /** Lets go of the memory; messages keep their part of it. */
  @Override
  public void close() {
    retire();
    held.forEach(ByteBuf::release);
    held.clear();
  }
}
