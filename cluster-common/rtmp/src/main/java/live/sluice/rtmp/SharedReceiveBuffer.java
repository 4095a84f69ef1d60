package live.sluice.rtmp;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.ChannelConfig;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.RecvByteBufAllocator;
import io.netty.util.UncheckedBooleanSupplier;
import io.netty.util.concurrent.FastThreadLocal;

/**
 * Reads of all connections of a loop go into one buffer, which stays in the processor's cache and costs no allocation:
 * for handlers that are through with a buffer when their {@code channelRead} returns. Where one keeps it all the same,
 * the loop gets another. Not for TLS, whose handler always keeps one.
 */
final class SharedReceiveBuffer implements RecvByteBufAllocator {
  /** What one read takes at most, in bytes: some frames of many a stream, and all that is there of most. */
  private static final int BYTES = 64 * 1024;

  private static final FastThreadLocal<ByteBuf> SHARED =
      new FastThreadLocal<>() {
        @Override
        protected ByteBuf initialValue() {
          return ByteBufAllocator.DEFAULT.directBuffer(BYTES, BYTES);
        }

        @Override
        protected void onRemoval(ByteBuf buffer) {
          buffer.release();
        }
      };

  private final RecvByteBufAllocator sizes = new FixedRecvByteBufAllocator(BYTES);

  @Override
  @SuppressWarnings("deprecation") // Netty's own deprecation: every handle must be an extended one all the same.
  public Handle newHandle() {
    return new SharedHandle((ExtendedHandle) sizes.newHandle());
  }

  /** A buffer whose only other holder is the loop. */
  private static ByteBuf take() {
    ByteBuf buffer = SHARED.get();
    if (buffer.refCnt() > 1) {
      buffer.release();
      buffer = ByteBufAllocator.DEFAULT.directBuffer(BYTES, BYTES);
      SHARED.set(buffer);
    }
    return buffer.clear().retain();
  }

  @SuppressWarnings("deprecation")
  private record SharedHandle(ExtendedHandle sizes) implements ExtendedHandle {
    @Override
    public ByteBuf allocate(ByteBufAllocator allocator) {
      return take();
    }

    @Override
    public int guess() {
      return sizes.guess();
    }

    @Override
    public void reset(ChannelConfig config) {
      sizes.reset(config);
    }

    @Override
    public void incMessagesRead(int count) {
      sizes.incMessagesRead(count);
    }

    @Override
    public void lastBytesRead(int bytes) {
      sizes.lastBytesRead(bytes);
    }

    @Override
    public int lastBytesRead() {
      return sizes.lastBytesRead();
    }

    @Override
    public void attemptedBytesRead(int bytes) {
      sizes.attemptedBytesRead(bytes);
    }

    @Override
    public int attemptedBytesRead() {
      return sizes.attemptedBytesRead();
    }

    @Override
    public boolean continueReading() {
      return sizes.continueReading();
    }

    @Override
    public boolean continueReading(UncheckedBooleanSupplier maybeMore) {
      return sizes.continueReading(maybeMore);
    }

    @Override
    public void readComplete() {
      sizes.readComplete();
    }
  }
}
