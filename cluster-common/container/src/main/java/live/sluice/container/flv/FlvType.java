package live.sluice.container.flv;

/** Types of FLV tags, which are the types of RTMP messages too (FLV specification, annex E.4.1). */
public final class FlvType {
  /** Sound. */
  public static final int AUDIO = 8;

  /** Pictures. */
  public static final int VIDEO = 9;

  /** Script data in AMF0. */
  public static final int SCRIPT = 18;

  private FlvType() {}

  static boolean known(int type) {
    return type == AUDIO || type == VIDEO || type == SCRIPT;
  }
}
