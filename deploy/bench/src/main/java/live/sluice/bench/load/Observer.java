package live.sluice.bench.load;

import live.sluice.bench.measure.SeriesPoint;

/** Looks on while a load runs. Called by the thread that runs it. */
public interface Observer {
  /** A second has passed. */
  void second(String phase, SeriesPoint point);

  /** Whether the run is to end now, with what was measured so far. */
  boolean stopped();

  /** Waits, at most until that time of {@link System#nanoTime}; less when the run is to end. */
  void await(long untilNanos);
}
