package live.sluice.rtc.dtls;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Random;
import java.util.function.Consumer;

/** One direction of a bad network: it takes datagrams apart into records, loses some, doubles some, and swaps some. */
final class LossyWire implements Consumer<ByteBuf> {
  private final Random random;
  private final double loss;
  private final double duplicates;
  private final double swaps;
  private final Consumer<ByteBuf> to;
  private ByteBuf late;

  LossyWire(long seed, double loss, double duplicates, double swaps, Consumer<ByteBuf> to) {
    this.random = new Random(seed);
    this.loss = loss;
    this.duplicates = duplicates;
    this.swaps = swaps;
    this.to = to;
  }

  @Override
  public synchronized void accept(ByteBuf datagram) {
    int at = datagram.readerIndex();
    while (at < datagram.writerIndex()) {
      int length = 13 + datagram.getUnsignedShort(at + 11);
      record(Unpooled.copiedBuffer(datagram.slice(at, length)));
      at += length;
    }
  }

  private void record(ByteBuf record) {
    if (random.nextDouble() < loss) {
      return;
    }
    if (late == null && random.nextDouble() < swaps) {
      late = record;
      return;
    }
    to.accept(record);
    if (random.nextDouble() < duplicates) {
      to.accept(record);
    }
    if (late != null) {
      to.accept(late);
      late = null;
    }
  }
}
