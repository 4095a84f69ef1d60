package live.sluice.cluster;

import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The thread that owns a directory's state, and its monotonic clock. Nothing on it waits. What comes after its end is
 * dropped.
 */
final class Loop implements Executor {
  private static final Logger log = LoggerFactory.getLogger(Loop.class);

  private final ScheduledThreadPoolExecutor thread;

  Loop(String nodeId) {
    thread = new ScheduledThreadPoolExecutor(1, Thread.ofPlatform().daemon().name("directory-" + nodeId).factory());
    thread.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    thread.setContinueExistingPeriodicTasksAfterShutdownPolicy(false);
  }

  /** Monotonic, in ms, and never 0: that stands for "not yet". */
  long now() {
    return (System.nanoTime() / 1_000_000) | 1;
  }

  /** Runs the task on the loop, unless the loop has ended. */
  @Override
  public void execute(Runnable task) {
    offer(task);
  }

  /** The same; false when the loop has ended. */
  boolean offer(Runnable task) {
    try {
      thread.execute(() -> guarded(task));
      return true;
    } catch (RejectedExecutionException e) {
      return false;
    }
  }

  void after(long ms, Runnable task) {
    try {
      thread.schedule(() -> guarded(task), ms, TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException e) {
      log.trace("a task after the end is dropped", e);
    }
  }

  void every(long ms, Runnable task) {
    thread.scheduleWithFixedDelay(() -> guarded(task), 0, ms, TimeUnit.MILLISECONDS);
  }

  private static void guarded(Runnable task) {
    try {
      task.run();
    } catch (RuntimeException e) {
      log.error("a step of the stream directory failed; it goes on", e);
    }
  }

  void close() {
    thread.shutdownNow();
  }
}
