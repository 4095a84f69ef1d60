package live.sluice.container.flv;

/** The header of an FLV stream (annex E.2). */
public final class FlvHeader {
  static final int LENGTH = 9;
  static final int AUDIO = 4;
  static final int VIDEO = 1;

  private FlvHeader() {}

  /** The header and the size of no previous tag that follows it: 13 bytes. */
  public static byte[] bytes(boolean audio, boolean video) {
    return new byte[] {
      'F', 'L', 'V', 1, (byte) ((audio ? AUDIO : 0) | (video ? VIDEO : 0)), 0, 0, 0, LENGTH, 0, 0, 0, 0
    };
  }
}
