package live.sluice.bench.scan;

/** Takes the frames that a scanner finds. */
@FunctionalInterface
public interface FrameSink {
  /** How many bytes of a video frame are looked at. */
  int HEAD = 128;

  /** An FLV tag's, and an RTMP message's, type: sound. */
  int AUDIO = 8;

  /** The same: pictures. */
  int VIDEO = 9;

  /**
   * The last byte of a frame came.
   *
   * @param type {@link #AUDIO}, {@link #VIDEO} or another type of FLV tag
   * @param timestampMs as it was sent, 32 bits without sign
   * @param head the first bytes of its body; only for the time of the call
   * @param headLength how many of them: the whole body, at most {@link #HEAD}; for sound at most 2
   * @param length of the body in bytes
   */
  void frame(int type, long timestampMs, byte[] head, int headLength, int length);
}
