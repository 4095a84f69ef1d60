package live.sluice.hop.link;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.concurrent.Semaphore;
import live.sluice.hop.transport.InStream;
import org.jspecify.annotations.Nullable;

/**
 * A stream that the other side opened, on its way to the subscription that it belongs to. Its own thread waits while much of
 * it is under way to the loop, so that the other side is slowed down.
 */
final class StreamIntake implements InStream {
  /** Bytes that may be under way to the loop. */
  private static final int WINDOW = 1 << 20;

  private final Link link;
  private final Semaphore room = new Semaphore(WINDOW);
  private final ByteBuf head = Unpooled.buffer(StreamKind.BYTES, StreamKind.BYTES);

  // On the loop.
  private int kind;
  private @Nullable Subscription to;

  StreamIntake(Link link) {
    this.link = link;
  }

  @Override
  public void bytes(byte[] data) {
    ByteBuf bytes = Unpooled.wrappedBuffer(data);
    if (head.isWritable()) {
      bytes.readBytes(head, Math.min(head.writableBytes(), bytes.readableBytes()));
      if (!head.isWritable()) {
        int what = head.getByte(0);
        int request = head.getInt(1);
        link.mailbox().task(() -> begin(what, request));
      }
    }
    int length = bytes.readableBytes();
    if (length > 0) {
      room.acquireUninterruptibly(length);
      link.mailbox().task(() -> pass(bytes, length));
    }
  }

  private void begin(int what, int request) {
    kind = what;
    to = link.streams().subscription(request);
  }

  private void pass(ByteBuf bytes, int length) {
    Subscription subscription = to;
    if (subscription != null && kind == StreamKind.FRAMES) {
      subscription.onFrames(bytes, () -> room.release(length));
    } else if (subscription != null && kind == StreamKind.PACKETS) {
      subscription.onFirstPackets(bytes, () -> room.release(length));
    } else {
      // Of a subscription that is over it is read and thrown away.
      bytes.release();
      room.release(length);
    }
  }

  @Override
  public void ended(boolean whole) {
    link.mailbox()
        .task(
            () -> {
              Subscription subscription = to;
              if (subscription != null) {
                subscription.onStreamEnded(kind, whole);
              }
            });
  }
}
