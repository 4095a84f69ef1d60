package live.sluice.media.codec;

import java.util.ArrayList;
import java.util.List;

/**
 * The HEVCDecoderConfigurationRecord of H.265 (ISO/IEC 14496-15, section 8.3.3.1).
 *
 * @param profile general_profile_idc
 * @param level general_level_idc
 * @param lengthSize bytes of the length before each NAL unit: 1, 2 or 4
 * @param vps video parameter sets, each a NAL unit with its header
 * @param sps sequence parameter sets, each a NAL unit with its header
 * @param pps picture parameter sets, each a NAL unit with its header
 */
public record HevcConfig(
    int profile, int level, int lengthSize, List<byte[]> vps, List<byte[]> sps, List<byte[]> pps) {

  /** Reads a record. Arrays of other NAL units (SEI) are passed over. */
  public static HevcConfig parse(byte[] record) {
    ByteCursor in = new ByteCursor("an HEVC configuration record", record);
    int version = in.u8();
    // Encoders older than the standard's end write version 0.
    if (version > 1) {
      throw Broken.because("an HEVC configuration record", "its version is " + version + " and not 1");
    }
    int profile = in.u8() & 0x1f;
    in.skip(10);
    int level = in.u8();
    in.skip(8);
    int lengthSize = NalCursor.checkedLengthSize((in.u8() & 3) + 1);
    List<byte[]> vps = new ArrayList<>();
    List<byte[]> sps = new ArrayList<>();
    List<byte[]> pps = new ArrayList<>();
    int arrays = in.u8();
    for (int i = 0; i < arrays; i++) {
      int type = in.u8() & 0x3f;
      int count = in.u16();
      for (int k = 0; k < count; k++) {
        byte[] nal = in.take(in.u16());
        if (nal.length == 0) {
          continue;
        }
        switch (type) {
          case Nal.HEVC_VPS -> vps.add(nal);
          case Nal.HEVC_SPS -> sps.add(nal);
          case Nal.HEVC_PPS -> pps.add(nal);
          default -> {}
        }
      }
    }
    return new HevcConfig(profile, level, lengthSize, List.copyOf(vps), List.copyOf(sps), List.copyOf(pps));
  }
}
