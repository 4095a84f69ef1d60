package live.sluice.container.flv;

import io.netty.buffer.ByteBuf;

/**
 * A tag as it was read. Who gets it owns {@code whole}, and must {@link #release} it.
 *
 * @param type see {@link FlvType}
 * @param timestamp in ms, unsigned 32 bits
 * @param filtered whether the body is encrypted, so that it can't be read
 * @param whole the tag with its header and the size that follows it, in one buffer
 */
public record FlvTag(int type, long timestamp, boolean filtered, ByteBuf whole) {

  /** The body: a slice of {@link #whole}, borrowed. */
  public ByteBuf body() {
    return whole.slice(
        whole.readerIndex() + FlvForm.TAG_HEADER, whole.readableBytes() - FlvForm.TAG_HEADER - FlvForm.TAG_SIZE);
  }

  /** Releases the buffer. */
  public void release() {
    whole.release();
  }
}
