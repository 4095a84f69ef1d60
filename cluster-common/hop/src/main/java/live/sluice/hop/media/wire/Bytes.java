package live.sluice.hop.media.wire;

/** Numbers in network order. */
final class Bytes {
  private Bytes() {}

  /** Writes the low {@code count} bytes of a number, and gives the index behind them. */
  static int write(byte[] to, int at, int count, int value) {
    for (int i = 0; i < count; i++) {
      to[at + i] = (byte) (value >>> (8 * (count - 1 - i)));
    }
    return at + count;
  }
}
