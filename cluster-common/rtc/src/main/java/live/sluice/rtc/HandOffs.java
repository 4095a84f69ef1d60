package live.sluice.rtc;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Counts a peer's datagrams that one loop read and another is to take. Who knows a peer's name may send it checks that prove
 * nothing until its own loop has looked at them: more than a loop takes would fill the memory. Thread-safe.
 */
final class HandOffs {
  /** A second of what a fast publisher sends. */
  static final int MOST = 1_000;

  private final AtomicInteger waiting = new AtomicInteger();

  /** Whether there is room for one more, for which {@link #taken} is called in the end. */
  boolean add() {
    if (waiting.incrementAndGet() > MOST) {
      waiting.decrementAndGet();
      return false;
    }
    return true;
  }

  void taken() {
    waiting.decrementAndGet();
  }
}
