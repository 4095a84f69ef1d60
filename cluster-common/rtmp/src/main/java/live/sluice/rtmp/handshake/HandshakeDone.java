package live.sluice.rtmp.handshake;

/** The user event that says that the handshake is over: chunks follow. */
public enum HandshakeDone {
  /** The only one. */
  EVENT
}
