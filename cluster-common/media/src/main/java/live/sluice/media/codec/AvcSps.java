package live.sluice.media.codec;

/**
 * What is read of a sequence parameter set of H.264 (section 7.3.2.1.1).
 *
 * @param profile profile_idc
 * @param constraints the byte of constraint flags
 * @param level level_idc
 * @param width in pixels after cropping
 * @param height in pixels after cropping
 * @param framesPerSecond from the VUI's timing; 0 where it says nothing
 */
public record AvcSps(int profile, int constraints, int level, int width, int height, double framesPerSecond) {
  private static final int EXTENDED_SAR = 255;

  /** Reads a NAL unit of type 7, header included. */
  public static AvcSps parse(byte[] nal) {
    BitReader in = BitReader.ofNal(nal, 1);
    int profile = in.number(8);
    int constraints = in.number(8);
    int level = in.number(8);
    in.ue(31); // seq_parameter_set_id
    int chroma = hasChroma(profile) ? readChroma(in) : 1;
    in.ue(12); // log2_max_frame_num_minus4
    pictureOrder(in);
    in.ue(16); // max_num_ref_frames
    in.skip(1);
    int mbWidth = in.ue(4095) + 1;
    int mapHeight = in.ue(4095) + 1;
    boolean frameMbsOnly = in.flag();
    if (!frameMbsOnly) {
      in.skip(1);
    }
    in.skip(1); // direct_8x8_inference_flag
    int width = mbWidth * 16;
    int height = mapHeight * 16 * (frameMbsOnly ? 1 : 2);
    if (in.flag()) {
      int unitX = chroma == 1 || chroma == 2 ? 2 : 1;
      int unitY = (chroma == 1 ? 2 : 1) * (frameMbsOnly ? 1 : 2);
      width -= unitX * (in.ue(65535) + in.ue(65535));
      height -= unitY * (in.ue(65535) + in.ue(65535));
    }
    if (width <= 0 || height <= 0) {
      throw Broken.because("an H.264 sequence parameter set", "nothing is left of the picture after cropping");
    }
    return new AvcSps(profile, constraints, level, width, height, in.flag() ? frameRate(in) : 0);
  }

  private static boolean hasChroma(int profile) {
    return switch (profile) {
      case 100, 110, 122, 244, 44, 83, 86, 118, 128, 138, 139, 134, 135 -> true;
      default -> false;
    };
  }

  /** From chroma_format_idc to the scaling lists; returns ChromaArrayType. */
  private static int readChroma(BitReader in) {
    int format = in.ue(3);
    boolean separate = format == 3 && in.flag();
    in.ue(6);
    in.ue(6);
    in.skip(1);
    if (in.flag()) {
      for (int i = 0; i < (format == 3 ? 12 : 8); i++) {
        if (in.flag()) {
          scalingList(in, i < 6 ? 16 : 64);
        }
      }
    }
    return separate ? 0 : format;
  }

  private static void scalingList(BitReader in, int size) {
    long last = 8;
    long next = 8;
    for (int i = 0; i < size; i++) {
      if (next != 0) {
        next = (last + in.se() + 256) & 0xff;
      }
      last = next == 0 ? last : next;
    }
  }

  private static void pictureOrder(BitReader in) {
    int type = in.ue(2);
    if (type == 0) {
      in.ue(12);
    } else if (type == 1) {
      in.skip(1);
      in.se();
      in.se();
      int cycle = in.ue(255);
      for (int i = 0; i < cycle; i++) {
        in.se();
      }
    }
  }

  /** The VUI as far as its timing (section E.1.1). A VUI that is cut short says nothing, and harms nothing. */
  private static double frameRate(BitReader in) {
    if (in.remaining() < 8) {
      return 0;
    }
    if (in.flag() && in.number(8) == EXTENDED_SAR) {
      in.skip(32);
    }
    if (in.flag()) {
      in.skip(1);
    }
    if (in.flag()) {
      in.skip(4);
      if (in.flag()) {
        in.skip(24);
      }
    }
    if (in.flag()) {
      in.ue();
      in.ue();
    }
    if (!in.flag() || in.remaining() < 64) {
      return 0;
    }
    long unitsInTick = in.bits(32);
    long timeScale = in.bits(32);
    return unitsInTick == 0 ? 0 : timeScale / (2.0 * unitsInTick);
  }
}
