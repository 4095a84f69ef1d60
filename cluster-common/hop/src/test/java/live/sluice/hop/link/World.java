package live.sluice.hop.link;

import io.netty.channel.EventLoop;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.TimeUnit;
import live.sluice.media.Ticker;

/** Several nodes in one thread, with one clock that stands still until it is told to go on. */
final class World implements Ticker, AutoCloseable {
  static final long MS = 1_000_000;

  private record Event(long time, long order, Runnable task) {}

  private final EmbeddedChannel channel = new EmbeddedChannel();
  private final PriorityQueue<Event> events =
      new PriorityQueue<>((a, b) -> a.time == b.time ? Long.compare(a.order, b.order) : Long.compare(a.time, b.time));
  private final List<Runnable> onClose = new ArrayList<>();

  /** Monotonic clocks may be below 0. */
  private long now = -5_000 * MS;

  private long order;

  World() {
    channel.freezeTime();
  }

  EventLoop loop() {
    return channel.eventLoop();
  }

  @Override
  public long nanos() {
    return now;
  }

  @Override
  public long wallMillis() {
    return 1_700_000_000_000L + now / MS;
  }

  /** Something that happens later, between two tasks of the loop. */
  void in(long ms, Runnable task) {
    events.add(new Event(now + ms * MS, order++, task));
  }

  void onClose(Runnable task) {
    onClose.add(task);
  }

  /** Lets time go on. */
  void run(long ms) {
    for (long i = 0; i < ms; i++) {
      now += MS;
      channel.advanceTimeBy(1, TimeUnit.MILLISECONDS);
      while (!events.isEmpty() && events.peek().time <= now) {
        events.remove().task.run();
        channel.runPendingTasks();
      }
      channel.runScheduledPendingTasks();
      channel.runPendingTasks();
    }
  }

  @Override
  public void close() {
    onClose.forEach(Runnable::run);
    run(10);
    channel.finishAndReleaseAll();
  }
}
