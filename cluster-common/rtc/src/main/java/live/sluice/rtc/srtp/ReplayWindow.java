package live.sluice.rtc.srtp;

import java.util.Arrays;

/** Which packets of a source came already; RFC 3711, section 3.3.2. */
final class ReplayWindow {
  private final long[] bits;
  private final int size;
  private long highest;

  /**
   * The window of a source that has shown itself.
   *
   * @param size packets that are remembered below the highest, a power of two, 64 at least
   * @param first the index of its first packet, which counts as seen
   */
  ReplayWindow(int size, long first) {
    this.size = size;
    this.bits = new long[size / 64];
    this.highest = first;
    set(first);
  }

  /** The highest index that came. */
  long highest() {
    return highest;
  }

  /** Whether it came already, or may have come: it is older than what is remembered. */
  boolean seen(long index) {
    if (index > highest) {
      return false;
    }
    return index <= highest - size || (bits[word(index)] & (1L << index)) != 0;
  }

  /** It has come. Only for packets that are authentic and have not been seen. */
  void mark(long index) {
    if (index > highest) {
      if (index - highest >= size) {
        Arrays.fill(bits, 0);
      } else {
        for (long passed = highest + 1; passed < index; passed++) {
          bits[word(passed)] &= ~(1L << passed);
        }
      }
      highest = index;
    }
    set(index);
  }

  private void set(long index) {
    bits[word(index)] |= 1L << index;
  }

  private int word(long index) {
    return (int) (index & (size - 1)) >>> 6;
  }
}
