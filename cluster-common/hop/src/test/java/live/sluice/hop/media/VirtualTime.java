package live.sluice.hop.media;

import java.util.PriorityQueue;
import live.sluice.media.Ticker;

/** A clock, and what is to happen when. */
final class VirtualTime implements Ticker {
  private record Event(long time, long order, Runnable action) {}

  private final PriorityQueue<Event> events =
      new PriorityQueue<>(
          (a, b) -> a.time != b.time ? Long.compare(a.time, b.time) : Long.compare(a.order, b.order));
  /** Monotonic clocks may be below 0. */
  private long now = -7_000_000_000L;
  private long order;

  @Override
  public long nanos() {
    return now;
  }

  @Override
  public long wallMillis() {
    return now / 1_000_000;
  }

  /** This clock as another machine has it. */
  Ticker shifted(long nanos) {
    return new Ticker() {
      @Override
      public long nanos() {
        return now + nanos;
      }

      @Override
      public long wallMillis() {
        return now / 1_000_000;
      }
    };
  }

  void at(long time, Runnable action) {
    events.add(new Event(time, order++, action));
  }

  void in(long nanos, Runnable action) {
    at(now + nanos, action);
  }

  void each(long nanos, Runnable action) {
    in(
        nanos,
        () -> {
          action.run();
          each(nanos, action);
        });
  }

  /** Lets time go on. */
  void run(long nanos) {
    long end = now + nanos;
    for (Event next = events.peek(); next != null && next.time <= end; next = events.peek()) {
      events.remove();
      now = Math.max(now, next.time);
      next.action.run();
    }
    now = end;
  }
}
