package live.sluice.rtp.rtcp;

import io.netty.buffer.ByteBuf;

/**
 * Collects one transport-wide feedback and writes it; draft-holmer-rmcat-transport-wide-cc-extensions-01, section
 * 3.1. Use: {@link #start}, {@link #add} with rising numbers for as long as they fit, {@link #write}. It is used
 * again for the next. What it holds is bounded by {@link TransportFeedback#MAX_PACKETS} and {@value #MAX_BYTES}
 * bytes. Not thread-safe.
 */
public final class TransportFeedbackWriter {
  /** Most bytes of one feedback: it fits into a datagram whatever was lost. */
  public static final int MAX_BYTES = 1100;

  // What a packet takes at most of chunks: each of these but the last tells of seven packets or more, so that one
  // behind a gap may need the rest of a run, a chunk for itself, and leave less than one for the next.
  private static final int BYTES_IN_A_ROW = 1;
  private static final int BYTES_BEHIND_A_GAP = 6;
  private static final int FIXED_BYTES = Rtcp.HEADER + TransportFeedback.FIXED + Integer.BYTES;
  private static final int RUN_MOST = 0x1fff;
  private static final int ONE_BIT = 14;
  private static final int TWO_BITS = 7;

  private final short[] deltas = new short[MAX_BYTES / 2];
  private byte[] symbols = new byte[64];
  private int received;
  private int bytes;
  private int count;
  private int baseSequence;
  private long referenceTicks;
  private long lastTicks;

  /**
   * Begins anew.
   *
   * @param sequence of the first packet to tell of, arrived or not; its low 16 bits count
   * @param firstArrivalNanos when the first one that arrived did
   */
  public void start(int sequence, long firstArrivalNanos) {
    baseSequence = sequence & 0xffff;
    count = 0;
    received = 0;
    bytes = FIXED_BYTES;
    // The reference is the whole 64 ms before the first arrival.
    referenceTicks = ticks(firstArrivalNanos) >> TransportFeedback.REFERENCE_SHIFT;
    lastTicks = referenceTicks << TransportFeedback.REFERENCE_SHIFT;
  }

  /**
   * Adds a packet that arrived; those between it and the one before are told as not received.
   *
   * @param index its number less that of the first, above all that were added
   * @return false if it does not fit: the caller writes this feedback and starts another
   */
  public boolean add(int index, long arrivalNanos) {
    long ticks = ticks(arrivalNanos);
    long delta = ticks - lastTicks;
    int symbol = delta >= 0 && delta <= 0xff ? TransportFeedback.SMALL : TransportFeedback.LARGE;
    int more = symbol + (index == count ? BYTES_IN_A_ROW : BYTES_BEHIND_A_GAP); // a symbol is the size of its delta
    if (index >= TransportFeedback.MAX_PACKETS || bytes + more > MAX_BYTES || delta != (short) delta) {
      return false;
    }
    if (index >= symbols.length) {
      byte[] larger = new byte[Math.min(Math.max(index + 1, 2 * symbols.length), TransportFeedback.MAX_PACKETS)];
      System.arraycopy(symbols, 0, larger, 0, count);
      symbols = larger;
    }
    while (count < index) {
      symbols[count++] = TransportFeedback.LOST;
    }
    symbols[count++] = (byte) symbol;
    deltas[received++] = (short) delta;
    bytes += more;
    lastTicks = ticks;
    return true;
  }

  /** How many packets that arrived were added. */
  public int received() {
    return received;
  }

  /**
   * Writes it; at least one packet was added.
   *
   * @param sender SSRC of who reports
   * @param media SSRC of one of the streams
   * @param number goes up by one with each feedback; its low 8 bits count
   */
  public void write(ByteBuf out, int sender, int media, int number) {
    int start = RtcpWriter.begin(out, Rtcp.RTPFB, Rtcp.TRANSPORT_CC, sender);
    out.writeInt(media);
    out.writeShort(baseSequence);
    out.writeShort(count);
    out.writeMedium((int) referenceTicks);
    out.writeByte(number);
    for (int at = 0; at < count; ) {
      at += writeChunk(out, at);
    }
    writeDeltas(out);
    int over = (out.writerIndex() - start) % Integer.BYTES;
    if (over != 0) {
      // Padding, announced in the first byte; the last byte counts it.
      int padding = Integer.BYTES - over;
      out.writeZero(padding - 1);
      out.writeByte(padding);
      out.setByte(start, out.getByte(start) | 0x20);
    }
    RtcpWriter.end(out, start);
  }

  private void writeDeltas(ByteBuf out) {
    int next = 0;
    for (int i = 0; i < count; i++) {
      if (symbols[i] == TransportFeedback.SMALL) {
        out.writeByte(deltas[next++]);
      } else if (symbols[i] == TransportFeedback.LARGE) {
        out.writeShort(deltas[next++]);
      }
    }
  }

  /** Writes a chunk from {@code at} on, and gives of how many packets it tells: all but the last of at least seven. */
  private int writeChunk(ByteBuf out, int at) {
    int rest = count - at;
    int run = 1;
    while (run < rest && run < RUN_MOST && symbols[at + run] == symbols[at]) {
      run++;
    }
    int oneBit = 0;
    while (oneBit < rest && oneBit < ONE_BIT && symbols[at + oneBit] != TransportFeedback.LARGE) {
      oneBit++;
    }
    boolean runIsShortest = run >= ONE_BIT || run == rest;
    boolean oneBitFits = oneBit == Math.min(ONE_BIT, rest);
    if (runIsShortest || (!oneBitFits && run >= TWO_BITS)) {
      out.writeShort(symbols[at] << 13 | run);
      return run;
    }
    return oneBitFits ? writeVector(out, at, oneBit, 1) : writeVector(out, at, Math.min(TWO_BITS, rest), 2);
  }

  private int writeVector(ByteBuf out, int at, int length, int width) {
    int chunk = width == 1 ? 0x8000 : 0xc000;
    int shift = ONE_BIT;
    for (int i = at; i < at + length; i++) {
      shift -= width;
      chunk |= symbols[i] << shift;
    }
    out.writeShort(chunk);
    return length;
  }

  private static long ticks(long nanos) {
    return Math.floorDiv(nanos, TransportFeedback.TICK_NANOS);
  }
}
