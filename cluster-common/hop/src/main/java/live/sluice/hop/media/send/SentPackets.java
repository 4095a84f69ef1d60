package live.sluice.hop.media.send;

import java.util.Arrays;
import live.sluice.rtp.RtpPacket;
import org.jspecify.annotations.Nullable;

/**
 * The datagrams of one flow that may have to be sent again, by their number, of which the hop sequence is the lower 16
 * bits: a column for each thing known of them. It holds a reference to the packet of each until it has arrived or is too
 * old, and grows up to a bound while it would lose what is still wanted.
 */
final class SentPackets {
  /** For how long packets are kept: the longest deadline, and the way of the last request. */
  static final long KEPT_NANOS = 600_000_000;

  /** How many are kept at most. */
  static final int MOST = 1 << 14;

  private static final int FIRST_SIZE = 64;

  private @Nullable RtpPacket[] packets = new @Nullable RtpPacket[FIRST_SIZE];
  private int[] offsets = new int[FIRST_SIZE];
  private char[] lengths = new char[FIRST_SIZE];
  private byte[] flags = new byte[FIRST_SIZE];
  private long[] firstSent = new long[FIRST_SIZE];
  private long[] lastSent = new long[FIRST_SIZE];
  private boolean[] waiting = new boolean[FIRST_SIZE];
  private long next;
  private long oldest;

  /** The number of the datagram that is added next; those before it, down to {@link #oldest}, are known. */
  long next() {
    return next;
  }

  long oldest() {
    return oldest;
  }

  /** The number that a sequence of 16 bits stands for: the last one sent of those it may be. */
  long numberOf(int sequence) {
    long last = next - 1;
    return last - (((int) last - sequence) & 0xffff);
  }

  /** Adds a datagram, and retains its packet. */
  void add(RtpPacket packet, int offset, int length, int headerFlags, long now) {
    expire(now);
    if (next - oldest == packets.length) {
      if (packets.length < MOST) {
        grow();
      } else {
        forget(oldest++);
      }
    }
    int slot = slot(next++);
    packets[slot] = packet.retain();
    offsets[slot] = offset;
    lengths[slot] = (char) length;
    flags[slot] = (byte) headerFlags;
    firstSent[slot] = now;
    lastSent[slot] = now;
    waiting[slot] = false;
  }

  private void grow() {
    int size = packets.length;
    int shift = slot(oldest);
    packets = Arrays.copyOf(packets, 2 * size);
    offsets = Arrays.copyOf(offsets, 2 * size);
    lengths = Arrays.copyOf(lengths, 2 * size);
    flags = Arrays.copyOf(flags, 2 * size);
    firstSent = Arrays.copyOf(firstSent, 2 * size);
    lastSent = Arrays.copyOf(lastSent, 2 * size);
    waiting = Arrays.copyOf(waiting, 2 * size);
    // Each of them moves to the upper half, or stays: whichever its number says.
    for (int i = 0; i < size; i++) {
      int from = (shift + i) & (size - 1);
      int to = slot(oldest + i);
      if (to != from) {
        move(from, to);
      }
    }
  }

  private void move(int from, int to) {
    packets[to] = packets[from];
    packets[from] = null;
    offsets[to] = offsets[from];
    lengths[to] = lengths[from];
    flags[to] = flags[from];
    firstSent[to] = firstSent[from];
    lastSent[to] = lastSent[from];
    waiting[to] = waiting[from];
  }

  /** The packet of a datagram that has not arrived yet as far as is known, and is kept; borrowed. */
  @Nullable RtpPacket packet(long number) {
    return number >= oldest && number < next ? packets[slot(number)] : null;
  }

  /** Where the datagram's part begins, in bytes from the packet's first. */
  int offset(long number) {
    return offsets[slot(number)];
  }

  int length(long number) {
    return lengths[slot(number)];
  }

  /** Its header's flags. */
  int flags(long number) {
    return flags[slot(number)];
  }

  long firstSent(long number) {
    return firstSent[slot(number)];
  }

  long lastSent(long number) {
    return lastSent[slot(number)];
  }

  boolean wasSentAgain(long number) {
    return lastSent(number) != firstSent(number);
  }

  void sentAgain(long number, long now) {
    lastSent[slot(number)] = now;
  }

  /** Whether it stands in the queue to be sent again. */
  boolean isWaiting(long number) {
    return waiting[slot(number)];
  }

  void setWaiting(long number, boolean value) {
    waiting[slot(number)] = value;
  }

  /** Gives up a datagram: it has arrived. */
  void forget(long number) {
    RtpPacket packet = packet(number);
    if (packet != null) {
      packets[slot(number)] = null;
      packet.release();
    }
  }

  /** Gives up what is too old. */
  void expire(long now) {
    while (oldest < next && (packet(oldest) == null || now - firstSent(oldest) >= KEPT_NANOS)) {
      forget(oldest);
      oldest++;
    }
  }

  void clear() {
    while (oldest < next) {
      forget(oldest);
      oldest++;
    }
  }

  private int slot(long number) {
    return (int) number & (packets.length - 1);
  }
}
