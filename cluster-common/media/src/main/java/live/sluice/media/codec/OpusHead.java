package live.sluice.media.codec;

import java.nio.charset.StandardCharsets;

/**
 * The identification header of Opus (RFC 7845, section 5.1). Opus is always decoded at 48 kHz, whatever it was made of.
 *
 * @param channels number of channels
 * @param preSkip samples at 48 kHz to be thrown away at the start
 * @param inputSampleRate in Hz of what was encoded; informative, 0 where unknown
 */
public record OpusHead(int channels, int preSkip, int inputSampleRate) {
  private static final byte[] MAGIC = "OpusHead".getBytes(StandardCharsets.US_ASCII);

  /** Reads a header. */
  public static OpusHead parse(byte[] head) {
    ByteCursor in = new ByteCursor("an Opus header", head);
    for (byte expected : MAGIC) {
      if (in.u8() != expected) {
        throw Broken.because("an Opus header", "it does not begin with OpusHead");
      }
    }
    in.skip(1);
    int channels = in.u8();
    int preSkip = in.u8() | in.u8() << 8;
    int rate = in.u8() | in.u8() << 8 | in.u8() << 16 | in.u8() << 24;
    return new OpusHead(channels, preSkip, Math.max(0, rate));
  }
}
