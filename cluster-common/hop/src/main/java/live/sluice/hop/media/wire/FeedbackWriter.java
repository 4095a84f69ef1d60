package live.sluice.hop.media.wire;

import java.util.Arrays;

/**
 * Writes what arrived: {@code number (16) | now (24) | flags (8) | newest send time (24) | least transit (24) | most
 * transit (24) | idle (16) | reordering (8) | bytes (32) | expected (32) | arrived (32)}, then for each flow {@code flow id (varint) | highest sequence
 * (16) | bitmap's bytes (8) | bitmap}. Transits are the arrival by the receiver's clock less the send time, of packets
 * since the last report that were sent for the first time; idle is for how many ticks nothing has
 * come; reordering is by how many ms packets may be overtaken. The counters count from the link's beginning, so that a lost
 * report costs nothing. The bitmap's bits, from the lowest of the first byte, stand for the sequences before the
 * highest: 1 where it arrived. What it does not reach has arrived, or is given up. Reports that do not fit in one
 * datagram go on in another with the same number. Used again and again.
 */
public final class FeedbackWriter {
  /** The datagram tells of transits. */
  static final int HAS_DELAY = 0x01;

  /** The most bytes a flow's bitmap has. */
  public static final int MAX_BITMAP = 255;

  private static final int HEAD = 30;

  private final byte[] bytes = new byte[LinkDatagram.MAX_BYTES];
  private int at;
  private int bitmapAt;

  /** Nothing yet. */
  public FeedbackWriter() {
    bytes[1] = LinkDatagram.FEEDBACK;
  }

  /**
   * Begins a datagram.
   *
   * @param number counts reports
   * @param now the receiver's clock, as {@link MediaTime} has it
   * @param idle ticks since the last datagram of a flow
   * @param reorderingMs by how many ms packets are overtaken before they are taken to be lost
   * @param totalBytes of all datagrams of flows that came
   * @param expected packets that must have been sent
   * @param arrived those of them that came without being sent again
   */
  public void begin(int number, int now, int idle, int reorderingMs, int totalBytes, int expected, int arrived) {
    at = Bytes.write(bytes, LinkDatagram.BODY, 2, number);
    at = Bytes.write(bytes, at, 3, now);
    at = Bytes.write(bytes, at, 4, 0);
    at = Bytes.write(bytes, at, 4, 0);
    at = Bytes.write(bytes, at, 2, 0);
    at = Bytes.write(bytes, at, 2, Math.clamp(idle, 0, 0xffff));
    at = Bytes.write(bytes, at, 1, Math.clamp(reorderingMs, 0, 0xff));
    at = Bytes.write(bytes, at, 4, totalBytes);
    at = Bytes.write(bytes, at, 4, expected);
    at = Bytes.write(bytes, at, 4, arrived);
  }

  /** Tells how long packets took. */
  public void delay(int newestSendTime, int leastTransit, int mostTransit) {
    int to = Bytes.write(bytes, LinkDatagram.BODY + 5, 1, HAS_DELAY);
    to = Bytes.write(bytes, to, 3, newestSendTime);
    to = Bytes.write(bytes, to, 3, leastTransit);
    Bytes.write(bytes, to, 3, mostTransit);
  }

  /** Whether a flow with a bitmap of so many bytes fits. */
  public boolean hasRoom(int flowId, int bitmapBytes) {
    return at + Varint.length(flowId) + 3 + bitmapBytes <= bytes.length;
  }

  /** Tells of a flow of which nothing is said to have arrived before the highest yet: see {@link #arrived}. */
  public void flow(int flowId, int highest, int bitmapBytes) {
    at = Varint.write(bytes, at, flowId);
    at = Bytes.write(bytes, at, 2, highest);
    at = Bytes.write(bytes, at, 1, bitmapBytes);
    bitmapAt = at;
    Arrays.fill(bytes, at, at + bitmapBytes, (byte) 0);
    at += bitmapBytes;
  }

  /** Of the last flow, the packet that many before the highest, from 1, arrived. */
  public void arrived(int back) {
    bytes[bitmapAt + (back - 1) / Byte.SIZE] |= (byte) (1 << ((back - 1) % Byte.SIZE));
  }

  /** Whether no flow is told of. */
  public boolean isEmpty() {
    return at == LinkDatagram.BODY + HEAD;
  }

  /** The datagram. */
  public byte[] take() {
    return Arrays.copyOf(bytes, at);
  }
}
