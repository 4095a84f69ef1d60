package live.sluice.rtp.wire;

import io.netty.buffer.ByteBuf;

/**
 * Writes the block of header extensions behind a fixed header that announces one; RFC 8285, section 4. Use: {@code int
 * block = begin(out)}, the elements, {@code end(out, block)}. Nothing is allocated; the writer index moves.
 *
 * <p>The one-byte form takes numbers 1 to 14 and elements of 1 to 16 bytes. The two-byte form takes 1 to 255 and 0 to
 * 255, from peers that agreed to {@code a=extmap-allow-mixed} only. What the form can't take is a defect of the
 * caller's and an {@link IllegalArgumentException}.
 */
public final class ExtensionBlock {
  private static final int MOST_IN_ONE_BYTE_FORM = 16;
  private static final int GREATEST_ID_IN_ONE_BYTE_FORM = 14;
  private static final int MOST_PLAYOUT_DELAY = 0xfff;
  private static final int PLAYOUT_DELAY_UNIT_MS = 10;

  private ExtensionBlock() {}

  /** Begins a block in the one-byte form; gives what the other methods want as {@code block}. */
  public static int begin(ByteBuf out) {
    return begin(out, HeaderExtensions.ONE_BYTE);
  }

  /** Begins a block in the two-byte form. */
  public static int beginTwoByte(ByteBuf out) {
    return begin(out, HeaderExtensions.TWO_BYTE);
  }

  private static int begin(ByteBuf out, int form) {
    int block = out.writerIndex();
    out.writeShort(form);
    out.writeShort(0);
    return block;
  }

  /** Begins an element; the caller writes its {@code length} bytes next. */
  public static void element(ByteBuf out, int block, int id, int length) {
    boolean oneByte = out.getUnsignedShort(block) == HeaderExtensions.ONE_BYTE;
    if (id < 1 || length > 0xff || id > 0xff || (oneByte && !fitsOneByteForm(id, length))) {
      throw new IllegalArgumentException("no header extension " + id + " of " + length + " bytes in this form");
    }
    if (oneByte) {
      out.writeByte(id << 4 | length - 1);
    } else {
      out.writeByte(id);
      out.writeByte(length);
    }
  }

  /** Whether an element can be written in the one-byte form. */
  public static boolean fitsOneByteForm(int id, int length) {
    return id <= GREATEST_ID_IN_ONE_BYTE_FORM && length >= 1 && length <= MOST_IN_ONE_BYTE_FORM;
  }

  /** An element of these bytes, such as a mid. */
  public static void bytes(ByteBuf out, int block, int id, byte[] bytes) {
    element(out, block, id, bytes.length);
    out.writeBytes(bytes);
  }

  /**
   * An element of bytes of another buffer, whose indices do not move; such as one found by {@link HeaderExtensions}.
   */
  public static void bytes(ByteBuf out, int block, int id, ByteBuf from, int index, int length) {
    element(out, block, id, length);
    out.writeBytes(from, index, length);
  }

  /** The transport-wide sequence number; its low 16 bits count. */
  public static void transportSequence(ByteBuf out, int block, int id, int sequence) {
    element(out, block, id, Short.BYTES);
    out.writeShort(sequence);
  }

  /** The time of sending, as {@link AbsSendTime} has it. */
  public static void absSendTime(ByteBuf out, int block, int id, int time) {
    element(out, block, id, AbsSendTime.BYTES);
    out.writeMedium(time);
  }

  /** Least and most playout delay in ms, 0 to 40,950; finer than 10 ms is cut off. */
  public static void playoutDelay(ByteBuf out, int block, int id, int leastMs, int mostMs) {
    element(out, block, id, 3);
    int least = Math.min(leastMs / PLAYOUT_DELAY_UNIT_MS, MOST_PLAYOUT_DELAY);
    int most = Math.min(mostMs / PLAYOUT_DELAY_UNIT_MS, MOST_PLAYOUT_DELAY);
    out.writeMedium(least << 12 | most);
  }

  /** Ends the block: pads it to whole words and writes its length. */
  public static void end(ByteBuf out, int block) {
    int bytes = out.writerIndex() - block - Integer.BYTES;
    int words = (bytes + Integer.BYTES - 1) / Integer.BYTES;
    out.writeZero(words * Integer.BYTES - bytes);
    out.setShort(block + Short.BYTES, words);
  }
}
