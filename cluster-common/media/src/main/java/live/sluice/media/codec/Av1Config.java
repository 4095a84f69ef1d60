package live.sluice.media.codec;

/**
 * The fixed part of an AV1CodecConfigurationRecord (AV1 in ISOBMFF, section 2.3.3). The size of the pictures stands in
 * the sequence header behind it, which is not read.
 *
 * @param profile seq_profile
 * @param level seq_level_idx_0
 */
public record Av1Config(int profile, int level) {

  /** Reads a record. */
  public static Av1Config parse(byte[] record) {
    ByteCursor in = new ByteCursor("an AV1 configuration record", record);
    int first = in.u8();
    if (first != 0x81) {
      throw Broken.because("an AV1 configuration record", "it does not begin with marker and version 1");
    }
    int second = in.u8();
    in.skip(2);
    return new Av1Config(second >> 5, second & 0x1f);
  }
}
