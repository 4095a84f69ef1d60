package live.sluice.hop.media.receive;

import java.util.Arrays;

/** Which of a flow's last {@value #SIZE} datagrams have come, by number; 2 KB. */
final class ReceivedWindow {
  /** As many as the sender keeps. */
  static final int SIZE = 1 << 14;

  private final long[] bits = new long[SIZE / Long.SIZE];
  private long highest = -1;

  /** The highest number that came; -1 before the first. */
  long highest() {
    return highest;
  }

  /** Goes on to a higher number, which has come. */
  void advance(long number) {
    if (number - highest >= SIZE) {
      Arrays.fill(bits, 0);
    } else {
      for (long i = highest + 1; i < number; i++) {
        bits[word(i)] &= ~(1L << i);
      }
    }
    highest = number;
    mark(number);
  }

  /** Whether a number, at most the highest, is told of still. */
  boolean reaches(long number) {
    return number > highest - SIZE && number >= 0;
  }

  boolean has(long number) {
    return (bits[word(number)] & 1L << number) != 0;
  }

  void mark(long number) {
    bits[word(number)] |= 1L << number;
  }

  private static int word(long number) {
    return (int) (number / Long.SIZE) & (SIZE / Long.SIZE - 1);
  }
}
