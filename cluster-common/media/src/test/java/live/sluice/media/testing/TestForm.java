package live.sluice.media.testing;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.concurrent.atomic.AtomicInteger;
import live.sluice.media.Frame;
import live.sluice.media.WireForm;

/** A wire form of a frame's time, kind and flags. */
public final class TestForm extends WireForm {
  /** The only one: forms are few in a process. */
  public static final TestForm INSTANCE = new TestForm();

  /** Bytes of a frame. */
  static final int BYTES = 10;

  /** How often a frame was encoded. */
  public static final AtomicInteger ENCODED = new AtomicInteger();

  private TestForm() {
    super("test");
  }

  @Override
  protected ByteBuf encode(Frame frame, ByteBufAllocator allocator) {
    ENCODED.incrementAndGet();
    return allocator
        .directBuffer(BYTES)
        .writeLong(frame.dts())
        .writeByte("vad".charAt(frame.kind().ordinal()))
        .writeByte(frame.config() ? 'c' : frame.keyframe() ? 'k' : ' ');
  }
}
