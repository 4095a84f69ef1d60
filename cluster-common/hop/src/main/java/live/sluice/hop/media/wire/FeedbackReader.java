package live.sluice.hop.media.wire;

/** Reads what {@link FeedbackWriter} wrote. One object reads one datagram after the other. */
public final class FeedbackReader {
  private static final byte[] NONE = {};

  private final DatagramReader reader = new DatagramReader();
  private byte[] datagram = NONE;
  private int number;
  private int now;
  private int flags;
  private int newestSendTime;
  private int leastTransit;
  private int mostTransit;
  private int idle;
  private int reorderingMs;
  private int bytes;
  private int expected;
  private int arrived;
  private int flowId;
  private int highest;
  private int bitmapBytes;
  private int bitmapAt;

  /** Begins with a whole datagram of type {@link LinkDatagram#FEEDBACK}; false where it is too short. */
  public boolean wrap(byte[] whole) {
    datagram = whole;
    reader.wrap(whole, LinkDatagram.BODY);
    number = reader.u16();
    now = reader.u24();
    flags = reader.u8();
    newestSendTime = reader.u24();
    leastTransit = reader.u24();
    mostTransit = reader.u24();
    idle = reader.u16();
    reorderingMs = reader.u8();
    bytes = reader.i32();
    expected = reader.i32();
    arrived = reader.i32();
    return reader.ok();
  }

  /** Goes to the next flow; false where there is none, or it is cut off. */
  public boolean nextFlow() {
    if (reader.remaining() == 0) {
      return false;
    }
    flowId = reader.varint();
    highest = reader.u16();
    bitmapBytes = reader.u8();
    bitmapAt = reader.position();
    reader.skip(bitmapBytes);
    return reader.ok();
  }

  /** The report's number, 16 bits; several datagrams can have the same. */
  public int number() {
    return number;
  }

  /** When it was written, by the receiver's clock. */
  public int now() {
    return now;
  }

  /** Whether the three times that follow are told. */
  public boolean hasDelay() {
    return (flags & FeedbackWriter.HAS_DELAY) != 0;
  }

  /** The latest send time of what arrived, by the sender's clock. */
  public int newestSendTime() {
    return newestSendTime;
  }

  /** The least of arrival less send time since the last report, 24 bits. */
  public int leastTransit() {
    return leastTransit;
  }

  /** The most of it. */
  public int mostTransit() {
    return mostTransit;
  }

  /** For how many ticks nothing has come when it was written, up to 65,535. */
  public int idle() {
    return idle;
  }

  /** By how many ms packets may be overtaken before they are taken to be lost. */
  public int reorderingMs() {
    return reorderingMs;
  }

  /** Bytes that came, the lower 32 bits. */
  public int bytes() {
    return bytes;
  }

  /** Packets that must have been sent, the lower 32 bits. */
  public int expected() {
    return expected;
  }

  /** Those of them that came without being sent again, the lower 32 bits. */
  public int arrived() {
    return arrived;
  }

  /** Which flow {@link #nextFlow} went to. */
  public int flowId() {
    return flowId;
  }

  /** The highest sequence of that flow, 16 bits. */
  public int highest() {
    return highest;
  }

  /** How many sequences before the highest are told of. */
  public int told() {
    return bitmapBytes * Byte.SIZE;
  }

  /** Whether the packet that many before the highest, from 1 to {@link #told}, arrived. */
  public boolean hasArrived(int back) {
    return (datagram[bitmapAt + (back - 1) / Byte.SIZE] & (1 << ((back - 1) % Byte.SIZE))) != 0;
  }
}
