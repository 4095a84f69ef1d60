package live.sluice.hop.media.wire;

/** Integers of 1, 2 or 4 bytes (RFC 9000, section 16), which are up to 2^30 - 1. */
final class Varint {
  static final int MOST = 0x3fff_ffff;

  private Varint() {}

  static int length(int value) {
    return value < 0x40 ? 1 : value < 0x4000 ? 2 : 4;
  }

  /** Writes one, and gives the index behind it. */
  static int write(byte[] to, int at, int value) {
    return switch (length(value)) {
      case 1 -> Bytes.write(to, at, 1, value);
      case 2 -> Bytes.write(to, at, 2, 0x4000 | value);
      default -> Bytes.write(to, at, 4, 0x8000_0000 | value);
    };
  }
}
