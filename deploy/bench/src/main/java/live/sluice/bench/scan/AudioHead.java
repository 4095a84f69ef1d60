package live.sluice.bench.scan;

/** What the first bytes of an audio body tell (FLV, annex E.4.2; Enhanced RTMP v2, ExAudioTagHeader). */
public final class AudioHead {
  private static final int AAC = 10;
  private static final int ENHANCED = 9;
  private static final int CODED_FRAMES = 1;

  private AudioHead() {}

  /** Whether it is sound, not configuration or an end. */
  public static boolean isSound(byte[] head, int length) {
    if (length < 2) {
      return false;
    }
    int format = (head[0] & 0xff) >> 4;
    if (format == ENHANCED) {
      int packet = head[0] & 15;
      return packet == CODED_FRAMES || packet > 4;
    }
    return format != AAC || head[1] != 0;
  }
}
