package live.sluice.hop.media.wire;

import java.util.Arrays;

/**
 * Writes requests for packets: for each flow {@code flow id (varint) | count (8) | count × (sequence (16) | mask (16))},
 * where the mask's bits, from the lowest, stand for the sequences after it, as in RFC 4585, section 6.2.1. Used again
 * and again.
 */
public final class NackWriter {
  private static final int MASK_BITS = 16;
  private static final int PAIR = 4;
  private static final int NONE = -1;

  private final byte[] bytes = new byte[LinkDatagram.MAX_BYTES];
  private int at = LinkDatagram.BODY;
  private int flow = NONE;
  private int countAt;
  private int first;
  private int mask;
  private int maskAt;

  /** Nothing yet. */
  public NackWriter() {
    bytes[1] = LinkDatagram.NACK;
  }

  /**
   * Asks for one; those of a flow come one after the other, rising.
   *
   * @return false where there is no room: {@link #take} what there is, and add it again
   */
  public boolean add(int flowId, int sequence) {
    int distance = (sequence - first) & 0xffff;
    if (flow == flowId && distance > 0 && distance <= MASK_BITS) {
      mask |= 1 << (distance - 1);
      Bytes.write(bytes, maskAt, 2, mask);
      return true;
    }
    boolean begins = flow != flowId || (bytes[countAt] & 0xff) == 0xff;
    if (at + (begins ? Varint.length(flowId) + 1 : 0) + PAIR > bytes.length) {
      return false;
    }
    if (begins) {
      flow = flowId;
      countAt = Varint.write(bytes, at, flowId);
      bytes[countAt] = 0;
      at = countAt + 1;
    }
    bytes[countAt]++;
    first = sequence;
    mask = 0;
    maskAt = at + 2;
    Bytes.write(bytes, at, 2, sequence);
    at = Bytes.write(bytes, maskAt, 2, 0);
    return true;
  }

  /** Whether nothing is asked for. */
  public boolean isEmpty() {
    return at == LinkDatagram.BODY;
  }

  /** The datagram; the next begins. */
  public byte[] take() {
    byte[] datagram = Arrays.copyOf(bytes, at);
    at = LinkDatagram.BODY;
    flow = NONE;
    return datagram;
  }
}
