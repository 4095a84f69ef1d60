package live.sluice.line;

import java.lang.foreign.Arena;
import java.util.Arrays;

/**
 * Memory for frames outside the heap, in slots of one size. The slot that was given back last is used next, so that only
 * as much memory is touched as packets are on their way. Confined to one thread.
 */
final class Frames {
  /** Bytes of a slot: a frame of an MTU of 1500 and what the kernel says of it. */
  static final int SLOT = 2048;

  /** What is returned when there is no slot. */
  static final int NONE = -1;

  private static final int CHUNK = 512;

  private final int most;
  private final long[] chunks;
  private int[] free = new int[CHUNK];
  private int freeCount;
  private int made;

  /** Takes how many slots there may be. */
  Frames(int most) {
    this.most = most;
    chunks = new long[(most + CHUNK - 1) / CHUNK];
  }

  /** Returns a slot, or {@link #NONE}. */
  int take() {
    if (freeCount == 0 && !makeMore()) {
      return NONE;
    }
    freeCount--;
    return free[freeCount];
  }

  private boolean makeMore() {
    if (made >= most) {
      return false;
    }
    chunks[made / CHUNK] = Arena.global().allocate((long) CHUNK * SLOT, SLOT).address();
    for (int i = 0; i < CHUNK; i++) {
      giveBack(made + i);
    }
    made += CHUNK;
    return true;
  }

  void giveBack(int slot) {
    if (freeCount == free.length) {
      free = Arrays.copyOf(free, 2 * freeCount);
    }
    free[freeCount] = slot;
    freeCount++;
  }

  /** Returns the address of a slot's first byte. */
  long address(int slot) {
    return chunks[slot / CHUNK] + (long) (slot % CHUNK) * SLOT;
  }
}
