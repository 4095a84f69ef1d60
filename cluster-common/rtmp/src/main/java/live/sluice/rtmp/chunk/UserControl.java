package live.sluice.rtmp.chunk;

/** Events of a user control message (RTMP specification, section 7.1.7). */
public final class UserControl {
  /** A message stream can be used. */
  public static final int STREAM_BEGIN = 0;

  /** Nothing follows on a message stream. */
  public static final int STREAM_EOF = 1;

  /** The client tells the size of its buffer. */
  public static final int SET_BUFFER_LENGTH = 3;

  /** The server asks whether the client is there. */
  public static final int PING_REQUEST = 6;

  /** The client is there. */
  public static final int PING_RESPONSE = 7;

  private UserControl() {}
}
