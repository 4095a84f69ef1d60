package live.sluice.bench.rtc;

import io.netty.buffer.ByteBuf;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Packets that came before their keys: the server's last flight and its first packets come at the same moment, and the
 * handshake's thread takes a little longer. A browser, where one thread does both, loses none of them.
 */
final class EarlyPackets {
  private static final int MOST = 256;

  private final Deque<ByteBuf> kept = new ArrayDeque<>();

  /** Keeps a copy, where there is room. */
  void keep(ByteBuf packet) {
    if (kept.size() < MOST) {
      ByteBuf copy = packet.alloc().buffer(packet.readableBytes());
      kept.add(copy.writeBytes(packet, packet.readerIndex(), packet.readableBytes()));
    }
  }

  /** Hands out, as borrowed, and releases all. */
  void drain(Consumer<ByteBuf> to) {
    for (@Nullable ByteBuf packet = kept.poll(); packet != null; packet = kept.poll()) {
      try {
        to.accept(packet);
      } finally {
        packet.release();
      }
    }
  }
}
