package live.sluice.hop.media.wire;

/**
 * What stands before the RTP packet in a flow's datagram: {@code flow id (varint) | flags (8) | hop sequence (16) | send
 * time (24)}. The hop sequence counts a flow's datagrams from 0; one that is sent again keeps its sequence and its send
 * time. An RTP packet that does not fit goes as fragments with consecutive sequences. One object reads one datagram
 * after the other.
 */
public final class MediaHeader {
  /** The datagram has the beginning of an RTP packet. */
  public static final int FIRST = 0x01;

  /** The datagram has the end of an RTP packet. */
  public static final int LAST = 0x02;

  /** It was sent before. */
  public static final int RETRANSMISSION = 0x04;

  /** A picture that can be decoded by itself begins with the RTP packet. */
  public static final int KEYFRAME = 0x08;

  /** The RTP packet has the marker. */
  public static final int MARKER = 0x10;

  private static final int FIXED = 6;

  private final DatagramReader reader = new DatagramReader();
  private int flowId;
  private int flags;
  private int sequence;
  private int sendTime;
  private int length;

  /** Bytes of a flow's headers. */
  public static int length(int flowId) {
    return Varint.length(flowId) + FIXED;
  }

  /** Whether a number can be a flow's id. */
  public static boolean isFlowId(int id) {
    return id > 0 && id <= Varint.MOST;
  }

  /** Writes a header at the beginning; its length is that of {@link #length(int)}. */
  public static void write(byte[] to, int flowId, int flags, int sequence, int sendTime) {
    int at = Varint.write(to, 0, flowId);
    at = Bytes.write(to, at, 1, flags);
    at = Bytes.write(to, at, 2, sequence);
    Bytes.write(to, at, 3, sendTime);
  }

  /** Reads a datagram's; false where it is none, or nothing follows it. */
  public boolean read(byte[] datagram) {
    reader.wrap(datagram, 0);
    flowId = reader.varint();
    flags = reader.u8();
    sequence = reader.u16();
    sendTime = reader.u24();
    length = reader.position();
    return flowId > 0 && reader.remaining() > 0 && datagram.length <= LinkDatagram.MAX_BYTES;
  }

  /** Whose it is. */
  public int flowId() {
    return flowId;
  }

  /** Whether it has that flag. */
  public boolean has(int flag) {
    return (flags & flag) != 0;
  }

  /** All of them. */
  public int flags() {
    return flags;
  }

  /** 16 bits. */
  public int sequence() {
    return sequence;
  }

  /** When it left first, as {@link MediaTime} has it. */
  public int sendTime() {
    return sendTime;
  }

  /** Bytes of the header that was read. */
  public int length() {
    return length;
  }
}
