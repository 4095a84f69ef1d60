package live.sluice.bench.scan;

/** What the first bytes of a video body tell (FLV, annex E.4.3; Enhanced RTMP v2, ExVideoTagHeader). */
public final class VideoHead {
  private static final int ENHANCED = 0x80;
  private static final int KEYFRAME = 1;
  private static final int AVC = 7;
  private static final int CODED_FRAMES = 1;
  private static final int CODED_FRAMES_X = 3;

  private VideoHead() {}

  /** Whether it is a picture, not configuration, metadata or an end. */
  public static boolean isPicture(byte[] head, int length) {
    if (length < 2) {
      return false;
    }
    if ((head[0] & ENHANCED) != 0) {
      int packet = head[0] & 15;
      return packet == CODED_FRAMES || packet == CODED_FRAMES_X || packet > 5;
    }
    return (head[0] & 15) != AVC || head[1] == 1;
  }

  /** Whether it says that it is a keyframe. */
  public static boolean isKeyframe(byte[] head, int length) {
    return length > 0 && (head[0] >> 4 & 7) == KEYFRAME;
  }
}
