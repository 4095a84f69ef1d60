package live.sluice.hop.link;

import io.netty.channel.EventLoop;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;

/**
 * Brings what the transport's threads tell to the link's loop: all that came together by one task. Datagrams are bounded,
 * since a loop that is late must not pile them up; whoever hands in tasks bounds those.
 */
final class Mailbox {
  /** Datagrams that wait for the loop: half a second of 400 Mb/s. */
  private static final int MOST_DATAGRAMS = 16_384;

  private final EventLoop loop;
  private final Consumer<byte[]> onDatagram;
  private final Runnable onBatchEnd;
  private final Consumer<RuntimeException> onFailure;
  private final Queue<byte[]> datagrams = new ConcurrentLinkedQueue<>();
  private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
  private final AtomicInteger datagramCount = new AtomicInteger();
  private final AtomicBoolean scheduled = new AtomicBoolean();
  private final LongAdder dropped = new LongAdder();
  private final Runnable drain = this::drain;

  /**
   * Empty.
   *
   * @param onDatagram takes each one, on the loop
   * @param onBatchEnd run when what came together is through
   * @param onFailure told of what any of it throws: the rest is not kept from the loop by it
   */
  Mailbox(
      EventLoop loop, Consumer<byte[]> onDatagram, Runnable onBatchEnd, Consumer<RuntimeException> onFailure) {
    this.loop = loop;
    this.onDatagram = onDatagram;
    this.onBatchEnd = onBatchEnd;
    this.onFailure = onFailure;
  }

  /** From any thread. */
  void datagram(byte[] data) {
    if (datagramCount.incrementAndGet() > MOST_DATAGRAMS) {
      datagramCount.decrementAndGet();
      dropped.increment();
      return;
    }
    datagrams.add(data);
    schedule();
  }

  /** From any thread. */
  void task(Runnable task) {
    tasks.add(task);
    schedule();
  }

  /** Datagrams that the loop was too late for. */
  long dropped() {
    return dropped.sum();
  }

  private void schedule() {
    if (!scheduled.get() && scheduled.compareAndSet(false, true) && !loop.isShuttingDown()) {
      loop.execute(drain);
    }
  }

  private void drain() {
    scheduled.set(false);
    while (!drainAll()) {
      // What failed was told; what came after it is not lost.
    }
  }

  private boolean drainAll() {
    try {
      for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
        task.run();
      }
      for (byte[] data = datagrams.poll(); data != null; data = datagrams.poll()) {
        datagramCount.decrementAndGet();
        onDatagram.accept(data);
      }
      onBatchEnd.run();
      return true;
    } catch (RuntimeException e) {
      onFailure.accept(e);
      return false;
    }
  }
}
