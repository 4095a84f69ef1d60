package live.sluice.rtp.payload;

import java.io.ByteArrayOutputStream;
import java.util.List;
import live.sluice.media.codec.BitReader;
import live.sluice.media.codec.Nal;

/** Writes HEVCDecoderConfigurationRecords (ISO/IEC 14496-15, section 8.3.3.1). */
final class HevcRecord {
  private static final int COMPLETE = 0x80;

  private HevcRecord() {}

  /** A record with lengths of 4 bytes; SluiceException where the first SPS can't be read that far. */
  static byte[] of(List<byte[]> vps, List<byte[]> sps, List<byte[]> pps) {
    Sequence sequence = Sequence.parse(sps.getFirst());
    ByteArrayOutputStream out = new ByteArrayOutputStream(128);
    out.write(1);
    out.write(sequence.profileTierLevel(), 0, Sequence.PROFILE_BYTES);
    // Spatial segmentation and parallelism: unknown.
    out.write(0xf0);
    out.write(0);
    out.write(0xfc);
    out.write(0xfc | sequence.chroma());
    out.write(0xf8 | sequence.bitDepthLuma() - 8);
    out.write(0xf8 | sequence.bitDepthChroma() - 8);
    // Frame rate: unknown.
    out.write(0);
    out.write(0);
    out.write(sequence.temporalLayers() << 3 | (sequence.nested() ? 4 : 0) | 3);
    out.write(3);
    write(out, Nal.HEVC_VPS, vps);
    write(out, Nal.HEVC_SPS, sps);
    write(out, Nal.HEVC_PPS, pps);
    return out.toByteArray();
  }

  private static void write(ByteArrayOutputStream out, int type, List<byte[]> sets) {
    out.write(COMPLETE | type);
    out.write(0);
    out.write(sets.size());
    for (byte[] set : sets) {
      out.write(set.length >> 8);
      out.write(set.length);
      out.write(set, 0, set.length);
    }
  }

  /**
   * What a record repeats of a sequence parameter set (H.265, section 7.3.2.2.1).
   *
   * @param id sps_seq_parameter_set_id
   * @param profileTierLevel general_profile_space to general_level_idc, 12 bytes
   * @param temporalLayers sps_max_sub_layers_minus1 and 1
   * @param nested sps_temporal_id_nesting_flag
   */
  record Sequence(
      int id,
      byte[] profileTierLevel,
      int temporalLayers,
      boolean nested,
      int chroma,
      int bitDepthLuma,
      int bitDepthChroma) {
    static final int PROFILE_BYTES = 12;

    /** Reads a NAL unit of type 33, header included. */
    static Sequence parse(byte[] nal) {
      BitReader in = BitReader.ofNal(nal, 2);
      in.skip(4);
      int subLayers = in.number(3);
      boolean nested = in.flag();
      byte[] profile = new byte[PROFILE_BYTES];
      for (int i = 0; i < PROFILE_BYTES; i++) {
        profile[i] = (byte) in.number(8);
      }
      skipSubLayers(in, subLayers);
      int id = in.ue(15);
      int chroma = in.ue(3);
      if (chroma == 3) {
        in.skip(1);
      }
      in.ue();
      in.ue();
      if (in.flag()) {
        for (int i = 0; i < 4; i++) {
          in.ue();
        }
      }
      return new Sequence(id, profile, subLayers + 1, nested, chroma, 8 + in.ue(8), 8 + in.ue(8));
    }

    /** The sub-layers of profile_tier_level (section 7.3.3). */
    private static void skipSubLayers(BitReader in, int count) {
      int bits = 0;
      for (int i = 0; i < count; i++) {
        bits += (in.flag() ? 88 : 0) + (in.flag() ? 8 : 0);
      }
      if (count > 0) {
        in.skip(2L * (8 - count));
      }
      in.skip(bits);
    }
  }
}
