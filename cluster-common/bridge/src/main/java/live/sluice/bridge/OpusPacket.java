package live.sluice.bridge;

import io.netty.buffer.ByteBuf;

/** What the first bytes of an Opus packet say; RFC 6716, section 3.1. */
final class OpusPacket {
  private static final int TICKS_PER_MS = 48;
  private static final int[] SILK_MS = {10, 20, 40, 60};

  /** No packet is longer than 120 ms; section 3.2, rule R5. */
  private static final int LONGEST = 120 * TICKS_PER_MS;

  private OpusPacket() {}

  /** Its duration in ticks of 48 kHz; 0 where it is broken. Borrows it. */
  static int ticks(ByteBuf payload) {
    int size = payload.readableBytes();
    if (size == 0) {
      return 0;
    }
    int first = payload.getUnsignedByte(payload.readerIndex());
    int frames = (first & 3) == 0 ? 1 : 2;
    if ((first & 3) == 3) {
      frames = size < 2 ? 0 : payload.getUnsignedByte(payload.readerIndex() + 1) & 0x3f;
    }
    int ticks = frames * frameTicks(first >> 3);
    return ticks > LONGEST ? 0 : ticks;
  }

  /** Table 2: SILK, hybrid, CELT. */
  private static int frameTicks(int config) {
    if (config < 12) {
      return SILK_MS[config & 3] * TICKS_PER_MS;
    }
    if (config < 16) {
      return (config & 1) == 0 ? 10 * TICKS_PER_MS : 20 * TICKS_PER_MS;
    }
    return (5 * TICKS_PER_MS / 2) << (config & 3);
  }
}
