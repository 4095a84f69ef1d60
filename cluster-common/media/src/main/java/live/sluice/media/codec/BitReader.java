package live.sluice.media.codec;

/**
 * Reads bits, the most significant first, with the Exp-Golomb codes of H.264 (section 9.1). Reading past the end throws
 * PROTOCOL_ERROR. Not thread-safe.
 */
public final class BitReader {
  private final byte[] bytes;
  private final long end;
  private long position;

  /** Over a whole array, which is not copied. */
  public BitReader(byte[] bytes) {
    this(bytes, 0, bytes.length);
  }

  /** Over a part of an array, which is not copied. */
  public BitReader(byte[] bytes, int offset, int length) {
    this.bytes = bytes;
    this.position = offset * 8L;
    this.end = (offset + (long) length) * 8;
  }

  /**
   * Over the payload of a NAL unit from {@code offset} on, with the emulation prevention bytes taken out (H.264 section
   * 7.4.1, H.265 section 7.4.2).
   */
  public static BitReader ofNal(byte[] nal, int offset) {
    byte[] plain = new byte[Math.max(0, nal.length - offset)];
    int size = 0;
    int zeros = 0;
    for (int i = offset; i < nal.length; i++) {
      if (zeros >= 2 && nal[i] == 3) {
        zeros = 0;
        continue;
      }
      zeros = nal[i] == 0 ? zeros + 1 : 0;
      plain[size++] = nal[i];
    }
    return new BitReader(plain, 0, size);
  }

  /** Bits that are left. */
  public long remaining() {
    return end - position;
  }

  /** The next {@code count} bits, 0 to 32, as an unsigned number. */
  public long bits(int count) {
    need(count);
    long value = 0;
    for (int i = 0; i < count; i++) {
      value = value << 1 | (bytes[(int) (position >> 3)] >> (7 - (int) (position & 7)) & 1);
      position++;
    }
    return value;
  }

  /** The next {@code count} bits, 0 to 31. */
  public int number(int count) {
    return (int) bits(count);
  }

  /** The next bit. */
  public boolean flag() {
    return bits(1) != 0;
  }

  /** Passes over {@code count} bits. */
  public void skip(long count) {
    need(count);
    position += count;
  }

  /** An unsigned Exp-Golomb code, ue(v). */
  public long ue() {
    int zeros = 0;
    while (!flag()) {
      if (++zeros > 32) {
        throw Broken.because("an Exp-Golomb code", "it has more than 32 leading zeros");
      }
    }
    return (1L << zeros) - 1 + bits(zeros);
  }

  /** An unsigned Exp-Golomb code that the standard bounds by {@code most}. */
  public int ue(int most) {
    long value = ue();
    if (value > most) {
      throw Broken.because("an Exp-Golomb code", value + " is more than " + most);
    }
    return (int) value;
  }

  /** A signed Exp-Golomb code, se(v). */
  public long se() {
    long code = ue();
    return (code & 1) == 0 ? -(code >> 1) : (code + 1) >> 1;
  }

  private void need(long count) {
    if (count < 0 || count > remaining()) {
      throw Broken.because("a codec header", "it is cut short");
    }
  }
}
