package live.sluice.rtmp.chunk;

/** Types of messages (RTMP specification, sections 5.4 and 7.1). */
public final class MessageType {
  /** Sets the sender's chunk size. */
  public static final int SET_CHUNK_SIZE = 1;

  /** The sender gives up a message that it sent in part. */
  public static final int ABORT = 2;

  /** How many bytes were received. */
  public static final int ACKNOWLEDGEMENT = 3;

  /** User control: see {@link UserControl}. */
  public static final int USER_CONTROL = 4;

  /** After how many bytes the sender wants an acknowledgement. */
  public static final int WINDOW_ACK_SIZE = 5;

  /** How much the receiver may send without one. */
  public static final int SET_PEER_BANDWIDTH = 6;

  /** Sound. */
  public static final int AUDIO = 8;

  /** Pictures. */
  public static final int VIDEO = 9;

  /** Data in AMF3. */
  public static final int DATA_AMF3 = 15;

  /** A command in AMF3. */
  public static final int COMMAND_AMF3 = 17;

  /** Data in AMF0. */
  public static final int DATA_AMF0 = 18;

  /** A command in AMF0. */
  public static final int COMMAND_AMF0 = 20;

  /** Several messages in one. */
  public static final int AGGREGATE = 22;

  private MessageType() {}
}
