package live.sluice.node;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelPromise;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.util.concurrent.AbstractEventExecutorGroup;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Future;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Puts each channel on the loop that has the fewest. Taking loops in turn is not enough: where connections come in
 * pairs, such as a short one before each player, all players end on one loop.
 */
final class LeastLoadedGroup extends AbstractEventExecutorGroup implements EventLoopGroup {

  private record Slot(EventLoop loop, AtomicInteger channels) {}

  private final EventLoopGroup loops;
  private final List<Slot> slots = new ArrayList<>();

  LeastLoadedGroup(EventLoopGroup loops) {
    this.loops = loops;
    for (EventExecutor loop : loops) {
      slots.add(new Slot((EventLoop) loop, new AtomicInteger()));
    }
  }

  private Slot least() {
    Slot least = slots.get(0);
    for (Slot slot : slots) {
      if (slot.channels().get() < least.channels().get()) {
        least = slot;
      }
    }
    return least;
  }

  @Override
  public EventLoop next() {
    return least().loop();
  }

  @Override
  public ChannelFuture register(Channel channel) {
    Slot slot = take(channel);
    return slot.loop().register(channel);
  }

  @Override
  public ChannelFuture register(ChannelPromise promise) {
    return take(promise.channel()).loop().register(promise);
  }

  @Override
  @Deprecated
  public ChannelFuture register(Channel channel, ChannelPromise promise) {
    return take(channel).loop().register(channel, promise);
  }

  private Slot take(Channel channel) {
    Slot slot = least();
    slot.channels().incrementAndGet();
    channel.closeFuture().addListener(closed -> slot.channels().decrementAndGet());
    return slot;
  }

  @Override
  public Iterator<EventExecutor> iterator() {
    return loops.iterator();
  }

  @Override
  public boolean isShuttingDown() {
    return loops.isShuttingDown();
  }

  @Override
  public boolean isShutdown() {
    return loops.isShutdown();
  }

  @Override
  public boolean isTerminated() {
    return loops.isTerminated();
  }

  @Override
  public boolean awaitTermination(long timeout, TimeUnit unit) throws InterruptedException {
    return loops.awaitTermination(timeout, unit);
  }

  /** Refused: the loops end with Vert.x. */
  @Override
  public Future<?> shutdownGracefully(long quietPeriod, long timeout, TimeUnit unit) {
    throw new UnsupportedOperationException("the loops are ended by EventLoops.close");
  }

  @Override
  public Future<?> terminationFuture() {
    return loops.terminationFuture();
  }

  @Override
  @Deprecated
  public void shutdown() {
    throw new UnsupportedOperationException("the loops are ended by EventLoops.close");
  }
}
