package live.sluice.media.codec;

/**
 * A VPCodecConfigurationRecord of VP8 or VP9 (VP codec ISO media file format binding). The size of the pictures stands
 * in each keyframe, which is not read.
 *
 * @param profile 0 to 3
 * @param level ten times the level; 0 where unknown
 */
public record VpConfig(int profile, int level) {
  private static final int RECORD = 8;
  private static final int VERSION_AND_FLAGS = 4;

  /** Reads a record, with or without the version and flags of the box around it: publishers send both. */
  public static VpConfig parse(byte[] record) {
    ByteCursor in = new ByteCursor("a VP8 or VP9 configuration record", record);
    if (record.length >= RECORD + VERSION_AND_FLAGS) {
      in.skip(VERSION_AND_FLAGS);
    }
    return new VpConfig(in.u8(), in.u8());
  }
}
