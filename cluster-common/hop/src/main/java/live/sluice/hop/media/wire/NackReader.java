package live.sluice.hop.media.wire;

/** Reads what {@link NackWriter} wrote, one sequence after the other; ends where a datagram is cut off. */
public final class NackReader {
  private final DatagramReader reader = new DatagramReader();
  private int flowId;
  private int sequence;
  private int pairs;
  private int first;
  private int mask;
  private int offset;

  /** Begins with a whole datagram of type {@link LinkDatagram#NACK}. */
  public void wrap(byte[] datagram) {
    reader.wrap(datagram, LinkDatagram.BODY);
    pairs = 0;
    mask = 0;
  }

  /** Goes to the next; false where there is none. */
  public boolean next() {
    while (mask != 0) {
      int bit = mask & 1;
      mask >>>= 1;
      offset++;
      if (bit != 0) {
        sequence = (first + offset) & 0xffff;
        return true;
      }
    }
    while (pairs == 0) {
      if (reader.remaining() == 0) {
        return false;
      }
      flowId = reader.varint();
      pairs = reader.u8();
    }
    pairs--;
    first = reader.u16();
    mask = reader.u16();
    offset = 0;
    sequence = first;
    return reader.ok();
  }

  /** Whose packet is asked for. */
  public int flowId() {
    return flowId;
  }

  /** Which, 16 bits. */
  public int sequence() {
    return sequence;
  }
}
