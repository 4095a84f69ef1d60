package live.sluice.container.ts;

import java.util.Arrays;
import live.sluice.media.SluiceException;
import live.sluice.media.codec.BitReader;

/**
 * The program config element of AAC (ISO/IEC 14496-3, section 4.4.1.1), which lays out channels that no number stands
 * for. In ADTS it must stand in the raw data, where its alignment is another one than in the configuration record.
 */
final class ProgramConfig {
  private static final int ID_PCE = 5;

  private final BitReader in;
  private byte[] out = new byte[512];
  private int bits;

  private ProgramConfig(BitReader in) {
    this.in = in;
  }

  /** The element of an AudioSpecificConfig as it stands in raw data; empty where there is none. */
  static byte[] element(byte[] audioSpecificConfig) {
    try {
      BitReader in = new BitReader(audioSpecificConfig);
      long total = in.remaining();
      in.skip(5);
      if (in.number(4) == 15) {
        in.skip(24);
      }
      in.skip(4);
      in.skip(1);
      if (in.flag()) {
        in.skip(14);
      }
      in.skip(1);
      return new ProgramConfig(in).copy(total);
    } catch (SluiceException cutShort) {
      return new byte[0];
    }
  }

  private byte[] copy(long total) {
    put(3, ID_PCE);
    take(4 + 2 + 4); // element_instance_tag, object_type, sampling_frequency_index
    int front = take(4);
    int side = take(4);
    int back = take(4);
    int lfe = take(2);
    int data = take(3);
    int coupling = take(4);
    takeIf(4); // mono mixdown
    takeIf(4); // stereo mixdown
    takeIf(3); // matrix mixdown
    for (int i = 0; i < front + side + back; i++) {
      take(5);
    }
    for (int i = 0; i < lfe + data; i++) {
      take(4);
    }
    for (int i = 0; i < coupling; i++) {
      take(5);
    }
    in.skip((8 - (total - in.remaining()) % 8) % 8);
    bits = bits + 7 & ~7;
    int comment = take(8);
    for (int i = 0; i < comment; i++) {
      take(8);
    }
    return Arrays.copyOf(out, bits / 8);
  }

  private void takeIf(int count) {
    if (take(1) != 0) {
      take(count);
    }
  }

  private int take(int count) {
    int value = in.number(count);
    put(count, value);
    return value;
  }

  private void put(int count, int value) {
    for (int i = count - 1; i >= 0; i--) {
      out[bits >> 3] |= (byte) ((value >> i & 1) << (7 - (bits & 7)));
      bits++;
    }
  }
}
