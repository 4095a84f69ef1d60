package live.sluice.rtp.send;

/**
 * The last packets that were sent, by transport-wide sequence number: when, and how large. A ring that takes no memory
 * before the first packet, and 10 kB after it.
 */
final class SentPackets {
  /** How many are remembered: a second of 10 Mb/s, which no feedback is later than. */
  static final int CAPACITY = 1024;

  private static final int MASK = CAPACITY - 1;
  private static final int[] NO_TIMES = {};
  private static final char[] NO_NUMBERS = {};

  /** In µs, the lower 32 bits. */
  private int[] times = NO_TIMES;

  private char[] sequences = NO_NUMBERS;
  /** In bytes; 0 where there is none, or it was acknowledged. */
  private char[] sizes = NO_NUMBERS;

  void add(int sequence, long micros, int bytes) {
    if (times.length == 0) {
      times = new int[CAPACITY];
      sequences = new char[CAPACITY];
      sizes = new char[CAPACITY];
    }
    int slot = sequence & MASK;
    times[slot] = (int) micros;
    sequences[slot] = (char) sequence;
    sizes[slot] = (char) Math.clamp(bytes, 1, Character.MAX_VALUE);
  }

  /** The size in bytes of a packet that was sent and not yet acknowledged; 0 where it is not known. */
  int size(int sequence) {
    int slot = sequence & MASK;
    return times.length > 0 && sequences[slot] == (char) sequence ? sizes[slot] : 0;
  }

  /** When a packet with a {@link #size} was sent, in µs, seen from a later moment. */
  long micros(int sequence, long nowMicros) {
    return nowMicros - Integer.toUnsignedLong((int) nowMicros - times[sequence & MASK]);
  }

  /** Forgets a packet: its fate is known. */
  void remove(int sequence) {
    sizes[sequence & MASK] = 0;
  }
}
