package live.sluice.bench.load;

import io.netty.util.concurrent.ScheduledFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Players that leave, each for another one that takes its seat: so many a second, which of them is left to chance. So each
 * stays as long as there are seats for each change of a second, on the average.
 */
final class Churn {
  private static final int TICK_MS = 5;
  private static final int TRIES = 8;

  private final LoadLoops loops;
  private final int seats;
  private final double perSecond;
  private final IntPredicate change;
  private long begun;
  private long done;
  private @Nullable ScheduledFuture<?> timer;

  /**
   * A churn that has not begun.
   *
   * @param change gives a seat to another player, on the seat's loop; false where who sits there has not come to play yet
   */
  Churn(LoadLoops loops, int seats, double perSecond, IntPredicate change) {
    this.loops = loops;
    this.seats = seats;
    this.perSecond = perSecond;
    this.change = change;
  }

  /** Begins after that time. */
  void start(long delayMs) {
    LoadLoop first = loops.of(0);
    first.call(
        () -> {
          begun = System.nanoTime() + delayMs * 1_000_000;
          timer = first.loop().scheduleAtFixedRate(this::tick, delayMs, TICK_MS, TimeUnit.MILLISECONDS);
          return true;
        });
  }

  void stop() {
    loops
        .of(0)
        .call(
            () -> {
              ScheduledFuture<?> running = timer;
              return running != null && running.cancel(false);
            });
  }

  private void tick() {
    double due = (System.nanoTime() - begun) / 1e9 * perSecond;
    for (; done < due; done++) {
      attempt(TRIES);
    }
  }

  private void attempt(int tries) {
    int seat = ThreadLocalRandom.current().nextInt(seats);
    loops
        .of(seat)
        .loop()
        .execute(
            () -> {
              if (!change.test(seat) && tries > 1) {
                attempt(tries - 1);
              }
            });
  }
}
