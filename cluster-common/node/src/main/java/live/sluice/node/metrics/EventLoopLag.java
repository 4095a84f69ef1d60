package live.sluice.node.metrics;

import io.micrometer.core.instrument.Timer;
import io.netty.channel.EventLoopGroup;
import io.netty.util.concurrent.EventExecutor;
import java.util.concurrent.TimeUnit;

/** Measures how late event loops come to what they are to do: whoever blocks one is seen here. */
final class EventLoopLag {
  private static final long PERIOD_MS = 500;

  private final Timer timer;

  private EventLoopLag(Timer timer) {
    this.timer = timer;
  }

  static void measure(EventLoopGroup loops, Timer timer) {
    EventLoopLag lag = new EventLoopLag(timer);
    for (EventExecutor loop : loops) {
      lag.next(loop);
    }
  }

  private void next(EventExecutor loop) {
    if (loop.isShuttingDown()) {
      return;
    }
    long due = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PERIOD_MS);
    loop.schedule(
        () -> {
          timer.record(Math.max(0, System.nanoTime() - due), TimeUnit.NANOSECONDS);
          next(loop);
        },
        PERIOD_MS,
        TimeUnit.MILLISECONDS);
  }
}
