package live.sluice.media.codec;

import java.util.ArrayList;
import java.util.List;

/**
 * The AVCDecoderConfigurationRecord of H.264 (ISO/IEC 14496-15, section 5.3.3.1).
 *
 * @param profile profile_idc
 * @param constraints the byte of constraint flags
 * @param level level_idc
 * @param lengthSize bytes of the length before each NAL unit: 1, 2 or 4
 * @param sps sequence parameter sets, each a NAL unit with its header
 * @param pps picture parameter sets, each a NAL unit with its header
 */
public record AvcConfig(
    int profile, int constraints, int level, int lengthSize, List<byte[]> sps, List<byte[]> pps) {

  /** Reads a record. What follows the parameter sets (the extension of High profiles) is not looked at. */
  public static AvcConfig parse(byte[] record) {
    ByteCursor in = new ByteCursor("an AVC configuration record", record);
    int version = in.u8();
    if (version != 1) {
      throw Broken.because("an AVC configuration record", "its version is " + version + " and not 1");
    }
    int profile = in.u8();
    int constraints = in.u8();
    int level = in.u8();
    int lengthSize = NalCursor.checkedLengthSize((in.u8() & 3) + 1);
    List<byte[]> sps = sets(in, in.u8() & 0x1f);
    List<byte[]> pps = sets(in, in.u8());
    return new AvcConfig(profile, constraints, level, lengthSize, List.copyOf(sps), List.copyOf(pps));
  }

  private static List<byte[]> sets(ByteCursor in, int count) {
    List<byte[]> sets = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      byte[] set = in.take(in.u16());
      if (set.length > 0) {
        sets.add(set);
      }
    }
    return sets;
  }
}
