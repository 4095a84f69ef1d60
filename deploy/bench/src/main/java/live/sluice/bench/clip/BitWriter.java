package live.sluice.bench.clip;

import java.io.ByteArrayOutputStream;

/** Writes bits, the most significant first, with the Exp-Golomb codes of H.264 (section 9.1). Not thread-safe. */
final class BitWriter {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private int current;
  private int used;

  BitWriter bits(long value, int count) {
    for (int i = count - 1; i >= 0; i--) {
      current = current << 1 | (int) (value >> i & 1);
      if (++used == 8) {
        bytes.write(current);
        current = 0;
        used = 0;
      }
    }
    return this;
  }

  BitWriter ue(int value) {
    int length = 32 - Integer.numberOfLeadingZeros(value + 1);
    return bits(0, length - 1).bits(value + 1, length);
  }

  /** Bits that are written so far. */
  int size() {
    return bytes.size() * 8 + used;
  }

  /** Fills up with zeros to a whole byte. */
  BitWriter align() {
    return used == 0 ? this : bits(0, 8 - used);
  }

  byte[] toBytes() {
    align();
    return bytes.toByteArray();
  }

  /**
   * A NAL unit of H.264: its header, what was written, the stop bit, and emulation prevention bytes where they are due
   * (section 7.4.1).
   */
  byte[] toNal(int header) {
    bits(1, 1);
    ByteArrayOutputStream nal = new ByteArrayOutputStream();
    nal.write(header);
    int zeros = 0;
    for (byte b : toBytes()) {
      if (zeros >= 2 && (b & 0xff) <= 3) {
        nal.write(3);
        zeros = 0;
      }
      nal.write(b);
      zeros = b == 0 ? zeros + 1 : 0;
    }
    return nal.toByteArray();
  }
}
