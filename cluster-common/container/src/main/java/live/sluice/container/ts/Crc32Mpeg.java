package live.sluice.container.ts;

/** The checksum of tables (ISO/IEC 13818-1, annex A): polynomial 04c11db7, not reflected, begun with all ones. */
final class Crc32Mpeg {
  private static final int[] TABLE = new int[256];

  static {
    for (int i = 0; i < 256; i++) {
      int value = i << 24;
      for (int bit = 0; bit < 8; bit++) {
        value = value < 0 ? value << 1 ^ 0x04c11db7 : value << 1;
      }
      TABLE[i] = value;
    }
  }

  private Crc32Mpeg() {}

  /** Over a whole section with its checksum the result is 0. */
  static int of(byte[] bytes, int from, int to) {
    int crc = -1;
    for (int i = from; i < to; i++) {
      crc = crc << 8 ^ TABLE[(crc >>> 24 ^ bytes[i]) & 0xff];
    }
    return crc;
  }
}
