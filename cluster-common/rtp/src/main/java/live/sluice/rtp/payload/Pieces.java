package live.sluice.rtp.payload;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Arrays;

/** A list of parts of buffers that is used again for each frame: NAL units or OBUs, in the order they are sent in. */
final class Pieces {
  private ByteBuf[] sources = new ByteBuf[16];
  private int[] offsets = new int[16];
  private int[] lengths = new int[16];
  private int size;

  Pieces() {
    Arrays.fill(sources, Unpooled.EMPTY_BUFFER);
  }

  /** Adds a part of a buffer, which is borrowed until {@link #clear}. */
  void add(ByteBuf source, int offset, int length) {
    if (size == lengths.length) {
      sources = Arrays.copyOf(sources, 2 * size);
      Arrays.fill(sources, size, sources.length, Unpooled.EMPTY_BUFFER);
      offsets = Arrays.copyOf(offsets, 2 * size);
      lengths = Arrays.copyOf(lengths, 2 * size);
    }
    sources[size] = source;
    offsets[size] = offset;
    lengths[size++] = length;
  }

  int size() {
    return size;
  }

  ByteBuf source(int index) {
    return sources[index];
  }

  /** Absolute index in the source. */
  int offset(int index) {
    return offsets[index];
  }

  int length(int index) {
    return lengths[index];
  }

  int firstByte(int index) {
    return sources[index].getUnsignedByte(offsets[index]);
  }

  /** Forgets all, so that no buffer is held. */
  void clear() {
    Arrays.fill(sources, 0, size, Unpooled.EMPTY_BUFFER);
    size = 0;
  }
}
