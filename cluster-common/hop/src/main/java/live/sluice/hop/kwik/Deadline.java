package live.sluice.hop.kwik;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Ends what takes too long. */
final class Deadline implements AutoCloseable {
  private final Future<?> end;

  Deadline(ScheduledExecutorService timer, Duration time, Runnable task) {
    end = timer.schedule(task, time.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** It was in time. */
  void met() {
    end.cancel(false);
  }

  @Override
  public void close() {
    end.cancel(false);
  }
}
