package live.sluice.bridge.ffmpeg;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/**
 * The work of one stream on threads that all streams share: one job after the other, a bounded number of them waiting,
 * and others' turn after a few. Thread-safe.
 *
 * @param <J> a job, which is handed over
 */
public final class Lane<J> {
  /** Does the work; its methods are called by one thread at a time, each seeing what the one before has written. */
  public interface Worker<J> {
    /** Does a job, which it takes over. */
    void work(J job);

    /** Some jobs were done: what came of them is to be handed on. */
    void turnOver();

    /** Lets a job go that will not be done. */
    void drop(J job);

    /** No job will come; called once. */
    void end();
  }

  private final Executor threads;
  private final Worker<J> worker;
  private final int most;
  private final int turn;
  private final Queue<J> jobs = new ArrayDeque<>();
  private boolean running;
  private boolean closed;

  /**
   * Makes one.
   *
   * @param most how many jobs may wait
   * @param turn how many are done before others have their turn
   */
  public Lane(Executor threads, int most, int turn, Worker<J> worker) {
    this.threads = threads;
    this.worker = worker;
    this.most = most;
    this.turn = turn;
  }

  /** Takes a job over; false, and the job stays the caller's, where too many wait or the lane is closed. */
  public boolean offer(J job) {
    boolean start;
    synchronized (jobs) {
      if (closed || jobs.size() >= most) {
        return false;
      }
      jobs.add(job);
      start = !running;
      running = true;
    }
    if (start) {
      begin();
    }
    return true;
  }

  /** How many jobs wait. */
  public int waiting() {
    synchronized (jobs) {
      return jobs.size();
    }
  }

  /** Ends it after the job that is being done; those that wait are dropped. More calls do nothing. */
  public void close() {
    boolean start;
    synchronized (jobs) {
      start = !closed && !running;
      closed = true;
      running = true;
    }
    if (start) {
      begin();
    }
  }

  private void begin() {
    try {
      threads.execute(this::run);
    } catch (RejectedExecutionException threadsAreGone) {
      // Nobody works, and nobody will.
      end();
    }
  }

  private void run() {
    for (int i = 0; i < turn; i++) {
      J job;
      synchronized (jobs) {
        job = closed ? null : jobs.poll();
      }
      if (job == null) {
        break;
      }
      worker.work(job);
    }
    worker.turnOver();
    boolean over;
    synchronized (jobs) {
      over = closed;
      if (!over && jobs.isEmpty()) {
        running = false;
        return;
      }
    }
    if (over) {
      end();
    } else {
      begin();
    }
  }

  private void end() {
    synchronized (jobs) {
      closed = true;
      jobs.forEach(worker::drop);
      jobs.clear();
    }
    worker.end();
  }
}
