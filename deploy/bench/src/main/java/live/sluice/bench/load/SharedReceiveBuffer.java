package live.sluice.bench.load;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.channel.DefaultMaxMessagesRecvByteBufAllocator;
import java.nio.ByteBuffer;

/**
 * One buffer that all connections of an event loop are read into. Whoever is handed it must be done with its bytes when
 * {@code channelRead} returns, and release it: nothing may keep it.
 */
@SuppressWarnings("deprecation") // the base class has no other successor for stream channels
final class SharedReceiveBuffer extends DefaultMaxMessagesRecvByteBufAllocator {
  private static final int BYTES = 256 << 10;

  private final int bytes;
  private final ByteBuf buffer;

  /** What suits streams of bytes. */
  SharedReceiveBuffer() {
    this(BYTES);
  }

  /** A buffer of that size. */
  SharedReceiveBuffer(int bytes) {
    this.bytes = bytes;
    this.buffer = Unpooled.wrappedBuffer(ByteBuffer.allocateDirect(bytes));
  }

  @Override
  public Handle newHandle() {
    return new MaxMessageHandle() {
      @Override
      public ByteBuf allocate(ByteBufAllocator allocator) {
        return buffer.clear().retain();
      }

      @Override
      public int guess() {
        return bytes;
      }
    };
  }
}
