package live.sluice.node;

import io.netty.channel.SelectStrategy;
import io.netty.util.IntSupplier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Lets a busy event loop gather: where it would ask the kernel for events again within {@link #GAP_NANOS} of having asked,
 * it rests until that time is over, and finds several in place of one. As network cards do with interrupts: it costs a
 * loop at most that time, and only while it is woken thousands of times a second, when each waking costs more than what
 * it is woken for.
 */
final class GatheringSelect implements SelectStrategy {
  /** Least time between two questions, in ns: a small part of a frame's time, and of what any network adds. */
  static final long GAP_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

  private long askedNanos = System.nanoTime();

  @Override
  public int calculateStrategy(IntSupplier selectNow, boolean hasTasks) throws Exception {
    if (hasTasks) {
      return selectNow.get();
    }
    long rest = askedNanos + GAP_NANOS - System.nanoTime();
    if (rest > 0) {
      LockSupport.parkNanos(rest);
    }
    askedNanos = System.nanoTime();
    return SelectStrategy.SELECT;
  }
}
