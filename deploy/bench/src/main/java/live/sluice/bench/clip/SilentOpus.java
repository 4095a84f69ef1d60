package live.sluice.bench.clip;

/** Silence in Opus: 20 ms, one channel, at all frequencies (RFC 6716, section 3.1), which every decoder takes. */
final class SilentOpus {
  /** Length of a frame in ms. */
  static final int FRAME_MS = 20;

  private SilentOpus() {}

  /** One frame. */
  static byte[] frame() {
    return new byte[] {(byte) 0xf8, (byte) 0xff, (byte) 0xfe};
  }
}
