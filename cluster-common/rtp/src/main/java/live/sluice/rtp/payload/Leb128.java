package live.sluice.rtp.payload;

import io.netty.buffer.ByteBuf;

/** Numbers of AV1, seven bits a byte, the least first (AV1, section 4.10.5). */
final class Leb128 {
  private static final int MOST_BYTES = 8;

  private Leb128() {}

  /**
   * Reads a number at {@code at}, before {@code end}: the number, and its length in bytes in the upper 8 of 64 bits, to
   * be taken apart with {@link #value} and {@link #length}; -1 where it is cut short or has more than 31 bits.
   */
  static long read(ByteBuf in, int at, int end) {
    long value = 0;
    for (int i = 0; i < MOST_BYTES && at + i < end; i++) {
      int b = in.getByte(at + i);
      value |= (b & 0x7fL) << (7 * i);
      if ((b & 0x80) == 0) {
        return value > Integer.MAX_VALUE ? -1 : (i + 1L) << 56 | value;
      }
    }
    return -1;
  }

  static int value(long read) {
    return (int) read;
  }

  static int length(long read) {
    return (int) (read >> 56);
  }

  /** Bytes of a number in its shortest form. */
  static int size(int value) {
    int size = 1;
    for (int rest = value >>> 7; rest != 0; rest >>>= 7) {
      size++;
    }
    return size;
  }

  /** Writes a number in its shortest form. */
  static void write(ByteBuf out, int value) {
    int rest = value;
    while (rest >>> 7 != 0) {
      out.writeByte((rest & 0x7f) | 0x80);
      rest >>>= 7;
    }
    out.writeByte(rest);
  }
}
