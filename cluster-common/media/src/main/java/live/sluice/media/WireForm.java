package live.sluice.media;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A way to write a frame on the wire: FLV tag, RTMP chunks. It is made at most once per frame, on the first reader's
 * demand, and shared by all readers. One instance per form and process: keep it in a constant.
 *
 * <p>Methods are called on the event loop that owns the stream.
 */
public abstract class WireForm {
  /** Most forms that a process may define. */
  static final int MAX = 8;

  private static final AtomicInteger NEXT = new AtomicInteger();

  private final int slot = NEXT.getAndIncrement();
  private final String name;

  /**
   * Defines a form.
   *
   * @param name for logs and metrics
   */
  protected WireForm(String name) {
    if (slot >= MAX) {
      throw new IllegalStateException("more than " + MAX + " wire forms are defined");
    }
    this.name = name;
  }

  /**
   * Writes {@code frame}, with its final timestamps, as one buffer. The caller owns what is returned; the frame's
   * payload stays the frame's.
   */
  protected abstract ByteBuf encode(Frame frame, ByteBufAllocator allocator);

  /** Index of this form in a frame's table of forms. */
  int slot() {
    return slot;
  }

  /** The name given. */
  @Override
  public String toString() {
    return name;
  }
}
