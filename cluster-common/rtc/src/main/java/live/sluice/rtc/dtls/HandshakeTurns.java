package live.sluice.rtc.dtls;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Bounds the handshakes that are under way at once. Others wait for their turn in the order in which they came; while some
 * wait, those whose peers have been silent give theirs up, no more of them than wait: else a few hundred peers that begin
 * and say no more would keep everybody out for as long as a handshake may take. Thread-safe.
 */
final class HandshakeTurns {
  private final int most;
  private final Semaphore free;
  private final AtomicInteger givingUp = new AtomicInteger();

  HandshakeTurns(int most) {
    this.most = most;
    this.free = new Semaphore(most, true);
  }

  /** Whether it got a turn in time, which is to be given back by {@link #done} or {@link #gaveUp}. */
  boolean take(Duration patience) throws InterruptedException {
    return free.tryAcquire(patience.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Gives a turn back. */
  void done() {
    free.release();
  }

  /** Whether a silent one is to give its turn up, for one that waits; then it says {@link #gaveUp} soon. */
  boolean mustGiveUp() {
    int waiting = waiting();
    int before = givingUp.get();
    return before < waiting && givingUp.compareAndSet(before, before + 1);
  }

  /** Gives a turn back that somebody else is to have. */
  void gaveUp() {
    free.release();
    givingUp.decrementAndGet();
  }

  /** Turns that are taken. */
  int taken() {
    return most - free.availablePermits();
  }

  /** Those that wait; an estimate. */
  int waiting() {
    return free.getQueueLength();
  }
}
