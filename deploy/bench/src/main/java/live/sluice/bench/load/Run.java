package live.sluice.bench.load;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import live.sluice.bench.measure.SeriesPoint;

/** The course of a run, whatever its clients do: starting, warming up, measuring. Used by one thread, once. */
final class Run {
  private final Observer observer;
  private final Sampler sampler;
  private final int most;

  /**
   * A run.
   *
   * @param most it ends early when so many clients have ended
   */
  Run(Observer observer, Sampler sampler, int most) {
    this.observer = observer;
    this.sampler = sampler;
    this.most = most;
  }

  /** Runs; {@code begin} is called when the measurement begins, {@code end} when it is over. */
  void run(
      LoadLoops loops,
      List<? extends Client> all,
      double rampPerSecond,
      Duration warmup,
      Duration duration,
      Runnable begin,
      Runnable end) {
    new Ramp(loops, all, rampPerSecond).start();
    pass("starting", Duration.ofMillis((long) (Math.max(0, all.size() - 1) / rampPerSecond * 1_000)), false);
    pass("warming up", warmup, false);
    begin.run();
    sampler.begin();
    pass("measuring", duration, true);
    sampler.end();
    end.run();
  }

  /** Lets time pass, a sample each second; ends early when the run is stopped or nobody is left. */
  private void pass(String phase, Duration duration, boolean measured) {
    long now = System.nanoTime();
    long until = now + duration.toNanos();
    while (until - now > 0 && !observer.stopped()) {
      long next = now + TimeUnit.SECONDS.toNanos(1);
      if (until - next < 500_000_000) {
        next = until;
      }
      observer.await(next);
      SeriesPoint point = sampler.sample(measured);
      observer.second(phase, point);
      if (point.ended() >= most) {
        return;
      }
      now = System.nanoTime();
    }
  }
}
