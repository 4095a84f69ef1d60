package live.sluice.hop.media.wire;

/**
 * The kinds of datagrams. All begin with a flow id; that of a flow's packet is 1 or more. Flow 0 is the link's own: {@code
 * 0 | type | body}.
 */
public final class LinkDatagram {
  /** The most a datagram has: kwik drops larger ones in silence. */
  public static final int MAX_BYTES = 1200;

  /** Not a type, but what {@link #type} tells of a flow's packet. */
  public static final int MEDIA = 0;

  /** Asks for packets again: see {@link NackWriter}. */
  public static final int NACK = 1;

  /** What arrived, and how: see {@link FeedbackWriter}. */
  public static final int FEEDBACK = 2;

  /** What {@link #type} tells of a datagram without type. */
  public static final int MALFORMED = -1;

  /** Where the body begins in one of flow 0. */
  public static final int BODY = 2;

  private LinkDatagram() {}

  /** {@link #MEDIA}, or the type of a datagram of flow 0, which may be one that is not known; or {@link #MALFORMED}. */
  public static int type(byte[] datagram) {
    if (datagram.length < BODY) {
      return MALFORMED;
    }
    if (datagram[0] != 0) {
      return MEDIA;
    }
    int type = datagram[1] & 0xff;
    return type == 0 ? MALFORMED : type;
  }
}
