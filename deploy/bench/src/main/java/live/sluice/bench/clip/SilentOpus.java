package live.sluice.bench.clip;

import java.nio.ByteBuffer;
import live.sluice.bench.scan.SenderClock;

/**
 * Silence in Opus: 20 ms, one channel, at all frequencies (RFC 6716, section 3.1), which every decoder takes. The publisher's
 * clock is in its padding (section 3.2.5), which decoders pass over whatever it holds.
 */
final class SilentOpus {
  /** Length of a frame in ms. */
  static final int FRAME_MS = 20;

  /** One frame of a packet that may have several, and padding. */
  private static final byte[] HEAD = {(byte) 0xfb, 0x41};

  private static final byte[] SILENCE = {(byte) 0xff, (byte) 0xfe};

  private SilentOpus() {}

  /** One packet. */
  static byte[] frame() {
    byte[] mark = SenderClock.mark();
    return ByteBuffer.allocate(HEAD.length + 1 + SILENCE.length + mark.length)
        .put(HEAD)
        .put((byte) mark.length)
        .put(SILENCE)
        .put(mark)
        .array();
  }
}
