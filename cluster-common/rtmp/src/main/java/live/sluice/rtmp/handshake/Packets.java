package live.sluice.rtmp.handshake;

import java.util.concurrent.ThreadLocalRandom;

/** Sizes and bytes that both sides need. */
final class Packets {
  /** The version of plain RTMP, which C0 and S0 hold (section 5.2.2). */
  static final int VERSION = 3;

  /** Bytes of C1, C2, S1 and S2. */
  static final int SIZE = 1536;

  private Packets() {}

  /** A packet of random bytes; the first eight, time and version, are 0. */
  static byte[] random() {
    byte[] packet = new byte[SIZE];
    ThreadLocalRandom.current().nextBytes(packet);
    for (int i = 0; i < 8; i++) {
      packet[i] = 0;
    }
    return packet;
  }
}
