package live.sluice.media.codec;

/**
 * What is read of a sequence parameter set of H.265 (section 7.3.2.2.1).
 *
 * @param profile general_profile_idc
 * @param level general_level_idc, thirty times the level
 * @param width in pixels, after the conformance window
 * @param height in pixels, after the conformance window
 */
public record HevcSps(int profile, int level, int width, int height) {

  /** Reads a NAL unit of type 33, header included. */
  public static HevcSps parse(byte[] nal) {
    BitReader in = BitReader.ofNal(nal, 2);
    in.skip(4); // sps_video_parameter_set_id
    int subLayers = in.number(3);
    in.skip(1);
    // profile_tier_level, section 7.3.3
    in.skip(3);
    int profile = in.number(5);
    in.skip(32 + 48);
    int level = in.number(8);
    skipSubLayers(in, subLayers);
    in.ue(15); // sps_seq_parameter_set_id
    int chroma = in.ue(3);
    if (chroma == 3 && in.flag()) {
      chroma = 0;
    }
    int width = in.ue(65535);
    int height = in.ue(65535);
    if (in.flag()) {
      int unitX = chroma == 1 || chroma == 2 ? 2 : 1;
      int unitY = chroma == 1 ? 2 : 1;
      width -= unitX * (in.ue(65535) + in.ue(65535));
      height -= unitY * (in.ue(65535) + in.ue(65535));
    }
    if (width <= 0 || height <= 0) {
      throw Broken.because("an H.265 sequence parameter set", "nothing is left of the picture after cropping");
    }
    return new HevcSps(profile, level, width, height);
  }

  private static void skipSubLayers(BitReader in, int count) {
    boolean[] profilePresent = new boolean[count];
    boolean[] levelPresent = new boolean[count];
    for (int i = 0; i < count; i++) {
      profilePresent[i] = in.flag();
      levelPresent[i] = in.flag();
    }
    if (count > 0) {
      in.skip(2L * (8 - count));
    }
    for (int i = 0; i < count; i++) {
      in.skip((profilePresent[i] ? 88 : 0) + (levelPresent[i] ? 8 : 0));
    }
  }
}
