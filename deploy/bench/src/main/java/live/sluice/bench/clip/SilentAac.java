package live.sluice.bench.clip;

/** Silence in AAC-LC, 48 kHz, one channel, filled up to a bit rate (ISO/IEC 14496-3, section 4.4.2). */
final class SilentAac {
  static final int SAMPLE_RATE = 48_000;
  static final int SAMPLES = 1024;

  private static final int FILL_ELEMENT = 6;
  private static final int END = 7;
  private static final int LONGEST_FILL = 15 + 255 - 1;

  private SilentAac() {}

  /** AudioSpecificConfig: AAC-LC, 48 kHz, mono. */
  static byte[] config() {
    return new byte[] {0x11, (byte) 0x88};
  }

  /** One frame of about that many bytes. */
  static byte[] frame(int bytes) {
    BitWriter out = new BitWriter();
    // One channel without a band: its window, and no tool at all.
    out.bits(0, 3).bits(0, 4).bits(0x80, 8).bits(0, 1 + 2 + 1 + 6 + 1 + 3);
    int left = bytes - (out.size() + 3 + 7) / 8;
    while (left > 2) {
      int count = Math.min(left - 2, LONGEST_FILL);
      out.bits(FILL_ELEMENT, 3);
      if (count < 15) {
        out.bits(count, 4);
      } else {
        out.bits(15, 4).bits(count - 14, 8);
      }
      // Fill data: its type is 0, and what follows says nothing.
      out.bits(0, 8);
      for (int i = 1; i < count; i++) {
        out.bits(0xa5, 8);
      }
      left -= count + 2;
    }
    out.bits(END, 3);
    return out.toBytes();
  }
}
