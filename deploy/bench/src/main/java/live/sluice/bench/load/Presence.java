package live.sluice.bench.load;

import java.time.Duration;

/** How many clients have not said good-bye yet. Any thread. */
final class Presence {
  private int count;

  /** One more. */
  synchronized void enter() {
    count++;
  }

  /** One has said good-bye, and was answered. */
  synchronized void leave() {
    count--;
    if (count == 0) {
      notifyAll();
    }
  }

  /** Waits until there is none. Whether that came to be in time. */
  synchronized boolean awaitNone(Duration limit) {
    long until = System.nanoTime() + limit.toNanos();
    try {
      for (long left = limit.toNanos(); count > 0 && left > 0; left = until - System.nanoTime()) {
        wait(Math.max(1, left / 1_000_000));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return count == 0;
  }
}
