package live.sluice.rtmp.chunk;

import io.netty.buffer.ByteBuf;

/**
 * A whole message. Who gets it owns it, and releases it once.
 *
 * @param type see {@link MessageType}
 * @param timestamp in ms, 32 bits without sign
 * @param streamId the message stream
 * @param payload the body, one direct buffer
 */
public record RtmpMessage(int type, long timestamp, int streamId, ByteBuf payload) {

  /** Lets go of the body. */
  public void release() {
    payload.release();
  }
}
