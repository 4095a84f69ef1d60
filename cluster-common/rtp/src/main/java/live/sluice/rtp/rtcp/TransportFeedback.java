package live.sluice.rtp.rtcp;

import io.netty.buffer.ByteBuf;
import java.util.Arrays;

/**
 * Transport-wide feedback: which of a run of packets arrived, and when;
 * draft-holmer-rmcat-transport-wide-cc-extensions-01, section 3.1. Times are ticks of 250 µs by the receiver's clock,
 * 32 bits that wrap: only differences count. One object is filled again and again by its {@link RtcpReader}.
 */
public final class TransportFeedback {
  /** Most packets that one feedback may tell of. A few bytes can claim 65,535: more than this are malformed. */
  public static final int MAX_PACKETS = 8192;

  /** ns of a tick. */
  public static final long TICK_NANOS = 250_000;

  static final int LOST = 0;
  static final int SMALL = 1; // a delta of one byte without sign
  static final int LARGE = 2; // a delta of two bytes with sign
  static final int REFERENCE_SHIFT = 8; // the reference time counts 64 ms, which are 256 ticks
  static final int FIXED = 16;
  private static final int VECTOR_BITS = 14;
  private static final int FIRST_SIZE = 64;

  private int senderSsrc;
  private int mediaSsrc;
  private int number;
  private int baseSequence;
  private int count;
  private byte[] symbols = new byte[FIRST_SIZE];
  private int[] ticks = new int[FIRST_SIZE];

  TransportFeedback() {}

  /** Who reports. */
  public int senderSsrc() {
    return senderSsrc;
  }

  /** One of the streams of the transport; of no use. */
  public int mediaSsrc() {
    return mediaSsrc;
  }

  /** The feedback's own number, 0 to 255, by which lost ones are seen. */
  public int number() {
    return number;
  }

  /** Transport-wide sequence number of the first packet, 0 to 65,535. */
  public int baseSequence() {
    return baseSequence;
  }

  /** How many packets from the first on, 1 to {@value #MAX_PACKETS}. */
  public int count() {
    return count;
  }

  /** Whether the packet with number {@code baseSequence() + index} had arrived. */
  public boolean received(int index) {
    return symbols[index] != LOST;
  }

  /** When it arrived, in ticks of {@value #TICK_NANOS} ns; only for one that had. */
  public int arrivalTicks(int index) {
    return ticks[index];
  }

  /** Reads the part of a packet behind its first word; false if it is malformed, and what is held is of no use then. */
  boolean read(ByteBuf packet, int from, int end) {
    if (end - from < FIXED) {
      return false;
    }
    senderSsrc = packet.getInt(from);
    mediaSsrc = packet.getInt(from + 4);
    baseSequence = packet.getUnsignedShort(from + 8);
    count = packet.getUnsignedShort(from + 10);
    number = packet.getUnsignedByte(from + 15);
    if (count == 0 || count > MAX_PACKETS) {
      return false;
    }
    if (count > symbols.length) {
      int size = Math.max(count, Math.min(2 * symbols.length, MAX_PACKETS));
      symbols = new byte[size];
      ticks = new int[size];
    }
    int deltas = readSymbols(packet, from + FIXED, end);
    return deltas >= 0 && readDeltas(packet, deltas, end, packet.getMedium(from + 12) << REFERENCE_SHIFT);
  }

  /** Reads chunks until all packets have a symbol; gives where the deltas begin, or -1. */
  private int readSymbols(ByteBuf packet, int from, int end) {
    int at = from;
    int known = 0;
    while (known < count) {
      if (end - at < Short.BYTES) {
        return -1;
      }
      int chunk = packet.getUnsignedShort(at);
      at += Short.BYTES;
      known = (chunk & 0x8000) == 0 ? run(chunk, known) : vector(chunk, known);
    }
    return at;
  }

  /** Section 3.1.3: two bits of symbol, thirteen of how many. */
  private int run(int chunk, int known) {
    int to = Math.min(known + (chunk & 0x1fff), count);
    Arrays.fill(symbols, known, to, (byte) (chunk >> 13));
    return to;
  }

  /** Section 3.1.4: fourteen symbols of one bit, or seven of two. */
  private int vector(int chunk, int known) {
    int width = (chunk & 0x4000) == 0 ? 1 : 2;
    int mask = (1 << width) - 1;
    int to = Math.min(known + VECTOR_BITS / width, count);
    int shift = VECTOR_BITS;
    for (int i = known; i < to; i++) {
      shift -= width;
      symbols[i] = (byte) (chunk >> shift & mask);
    }
    return to;
  }

  private boolean readDeltas(ByteBuf packet, int from, int end, int reference) {
    int at = from;
    int time = reference;
    for (int i = 0; i < count; i++) {
      int size = symbols[i]; // a symbol is the size of its delta
      if (end - at < size) {
        return false;
      }
      switch (size) {
        case LOST -> {}
        case SMALL -> time += packet.getUnsignedByte(at);
        case LARGE -> time += packet.getShort(at);
        default -> {
          return false; // the fourth symbol is reserved
        }
      }
      at += size;
      ticks[i] = time;
    }
    return true;
  }
}
