package live.sluice.hop.media.receive;

import java.util.Arrays;

/** A flow's missing datagrams in rising order, a column for each thing known of them. */
final class MissingPackets {
  /** How many are asked for at most: more than a deadline's worth of a fast flow is no loss, but an outage. */
  static final int MOST = 2048;

  private static final int FIRST_SIZE = 16;

  private long[] number = new long[FIRST_SIZE];
  private long[] noted = new long[FIRST_SIZE];
  private long[] asked = new long[FIRST_SIZE];
  private boolean[] wasAsked = new boolean[FIRST_SIZE];
  private int size;

  int size() {
    return size;
  }

  long number(int i) {
    return number[i];
  }

  /** When it was seen to be missing. */
  long noted(int i) {
    return noted[i];
  }

  /** When it was asked for last; only if it was. */
  long asked(int i) {
    return asked[i];
  }

  boolean wasAsked(int i) {
    return wasAsked[i];
  }

  /** Adds one above all others. */
  void add(long missing, long now) {
    if (size == number.length) {
      number = Arrays.copyOf(number, 2 * size);
      noted = Arrays.copyOf(noted, 2 * size);
      asked = Arrays.copyOf(asked, 2 * size);
      wasAsked = Arrays.copyOf(wasAsked, 2 * size);
    }
    number[size] = missing;
    noted[size] = now;
    wasAsked[size] = false;
    size++;
  }

  void ask(int i, long now) {
    asked[i] = now;
    wasAsked[i] = true;
  }

  /** Where one is, or a number below 0. */
  int find(long wanted) {
    return Arrays.binarySearch(number, 0, size, wanted);
  }

  /** Takes those from {@code from} on, {@code count} of them, out. */
  void remove(int from, int count) {
    int behind = from + count;
    int rest = size - behind;
    System.arraycopy(number, behind, number, from, rest);
    System.arraycopy(noted, behind, noted, from, rest);
    System.arraycopy(asked, behind, asked, from, rest);
    System.arraycopy(wasAsked, behind, wasAsked, from, rest);
    size = from + rest;
  }
}
