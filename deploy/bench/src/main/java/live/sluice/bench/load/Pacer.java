package live.sluice.bench.load;

import io.netty.channel.EventLoop;
import java.util.PriorityQueue;
import java.util.concurrent.TimeUnit;

/**
 * Calls the publishers of one loop when their frames are due, the earliest first: one timer for all of them. On its loop
 * alone.
 */
final class Pacer {
  /** Timers of less are not worth their cost. */
  private static final long FINEST_NANOS = 500_000;

  private static final int MOST_AT_ONCE = 128;

  private final EventLoop loop;
  private final long frameNanos;
  private final long epoch = System.nanoTime();
  private final PriorityQueue<Due> queue = new PriorityQueue<>();
  private boolean scheduled;

  /** A publisher and its time. One object for as long as the publisher lives. */
  private static final class Due implements Comparable<Due> {
    final Paced publisher;
    long nanos;

    Due(Paced publisher) {
      this.publisher = publisher;
      this.nanos = publisher.dueNanos();
    }

    @Override
    public int compareTo(Due other) {
      return Long.signum(nanos - other.nanos);
    }
  }

  /** A pacer of pictures that are {@code frameNanos} apart. */
  Pacer(EventLoop loop, long frameNanos) {
    this.loop = loop;
    this.frameNanos = frameNanos;
  }

  /** The next time whose distance from the beginning is that phase, modulo the interval of pictures. */
  long nextPhase(long phaseNanos) {
    long since = System.nanoTime() - epoch;
    return epoch + (since / frameNanos + 1) * frameNanos + phaseNanos;
  }

  void add(Paced publisher) {
    queue.add(new Due(publisher));
    schedule();
  }

  private void schedule() {
    Due first = queue.peek();
    if (first != null && !scheduled) {
      scheduled = true;
      loop.schedule(
          this::run, Math.max(FINEST_NANOS, first.nanos - System.nanoTime()), TimeUnit.NANOSECONDS);
    }
  }

  private void run() {
    scheduled = false;
    // Not all that is due where that is much: the loop must still get to read, and to be told that it is over.
    int left = MOST_AT_ONCE;
    for (Due due = queue.peek(); due != null && due.nanos - System.nanoTime() <= 0 && left > 0; due = queue.peek()) {
      queue.poll();
      if (due.publisher.send(System.nanoTime())) {
        due.nanos = due.publisher.dueNanos();
        queue.add(due);
      }
      left--;
    }
    schedule();
  }
}
