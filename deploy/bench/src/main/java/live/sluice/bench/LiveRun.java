package live.sluice.bench;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import live.sluice.bench.load.Observer;
import live.sluice.bench.measure.RunRecord;
import live.sluice.bench.measure.SeriesPoint;
import live.sluice.bench.report.Json;
import live.sluice.bench.report.Progress;
import live.sluice.bench.report.Summary;
import org.jspecify.annotations.Nullable;

/** A run as a command has it: progress on standard error, Ctrl-C that ends it with what was measured, the results. */
final class LiveRun implements Observer {
  private static final int COLUMNS = 80;

  private final Progress progress =
      new Progress(System.err, Boolean.getBoolean("sluice.terminal"), columns());
  private final CountDownLatch stop = new CountDownLatch(1);
  private final CountDownLatch done = new CountDownLatch(1);

  private LiveRun() {}

  private static int columns() {
    String columns = System.getenv("COLUMNS");
    return columns == null || !columns.matches("\\d{1,4}") ? COLUMNS : Integer.parseInt(columns);
  }

  /** Runs a load, and tells all there is to tell about it. */
  static RunRecord of(Function<Observer, RunRecord> load, @Nullable String json) {
    LiveRun run = new LiveRun();
    Thread onSignal = new Thread(run::signalled, "stop");
    Runtime.getRuntime().addShutdownHook(onSignal);
    try {
      RunRecord record = load.apply(run);
      run.progress.clear();
      if (json != null) {
        Json.write(record, json, System.out);
      }
      Summary.print(record, "-".equals(json) ? System.err : System.out);
      return record;
    } finally {
      run.progress.clear();
      run.done.countDown();
      if (run.stop.getCount() > 0) {
        Runtime.getRuntime().removeShutdownHook(onSignal);
      }
    }
  }

  /** The JVM has begun to end: it waits until the results are told. */
  private void signalled() {
    stop.countDown();
    try {
      if (!done.await(10, TimeUnit.SECONDS)) {
        System.err.println("sluice bench: the run did not end");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void second(String phase, SeriesPoint point) {
    progress.show(phase, point);
  }

  @Override
  public boolean stopped() {
    return stop.getCount() == 0;
  }

  @Override
  public void await(long untilNanos) {
    try {
      long left = untilNanos - System.nanoTime();
      if (left > 0 && stop.await(left, TimeUnit.NANOSECONDS)) {
        return;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      stop.countDown();
    }
  }
}
