package live.sluice.rtp.receive;

import java.util.Arrays;

/** The missing packets of a {@link NackTracker} in rising order, a column for each thing known of them. */
final class MissingPackets {
  private static final int FIRST_SIZE = 16;

  private long[] sequence = new long[FIRST_SIZE];
  private long[] noted = new long[FIRST_SIZE];
  private long[] firstAsked = new long[FIRST_SIZE];
  private long[] lastAsked = new long[FIRST_SIZE];
  private byte[] asked = new byte[FIRST_SIZE];
  private int size;

  int size() {
    return size;
  }

  long sequence(int i) {
    return sequence[i];
  }

  /** When it was seen to be missing. */
  long noted(int i) {
    return noted[i];
  }

  /** When it was first asked for; only if it was. */
  long firstAsked(int i) {
    return firstAsked[i];
  }

  /** When it was last asked for; only if it was. */
  long lastAsked(int i) {
    return lastAsked[i];
  }

  /** How many times it was asked for. */
  int asked(int i) {
    return asked[i];
  }

  /** Adds one above all others. */
  void add(long number, long nowNanos) {
    if (size == sequence.length) {
      grow();
    }
    sequence[size] = number;
    noted[size] = nowNanos;
    asked[size] = 0;
    size++;
  }

  private void grow() {
    int length = 2 * size;
    sequence = Arrays.copyOf(sequence, length);
    noted = Arrays.copyOf(noted, length);
    firstAsked = Arrays.copyOf(firstAsked, length);
    lastAsked = Arrays.copyOf(lastAsked, length);
    asked = Arrays.copyOf(asked, length);
  }

  void ask(int i, long nowNanos) {
    if (asked[i] == 0) {
      firstAsked[i] = nowNanos;
    }
    lastAsked[i] = nowNanos;
    asked[i]++;
  }

  /** Where one is, or a number below 0. */
  int find(long number) {
    return Arrays.binarySearch(sequence, 0, size, number);
  }

  /** Takes those from {@code from} on, {@code count} of them, out. */
  void remove(int from, int count) {
    int behind = from + count;
    int rest = size - behind;
    System.arraycopy(sequence, behind, sequence, from, rest);
    System.arraycopy(noted, behind, noted, from, rest);
    System.arraycopy(firstAsked, behind, firstAsked, from, rest);
    System.arraycopy(lastAsked, behind, lastAsked, from, rest);
    System.arraycopy(asked, behind, asked, from, rest);
    size = from + rest;
  }

  /** Takes all below that number out. */
  void removeBelow(long number) {
    int at = find(number);
    remove(0, at < 0 ? -at - 1 : at);
  }

  void clear() {
    size = 0;
  }
}
