package live.sluice.systemtest.kit;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Waits for a condition, with a limit: the only place of the system tests that lets time pass. */
public final class Poll {

  private static final long STEP_NANOS = 20_000_000;

  private Poll() {}

  /** The same, and tells {@code state} when it does not come true. */
  public static void until(String what, Duration limit, Callable<Boolean> condition, Object state) {
    try {
      until(what, limit, condition);
    } catch (AssertionError e) {
      throw new AssertionError(e.getMessage() + ": " + state, e);
    }
  }

  /** Waits until {@code condition} holds; an exception of the condition means "not yet". */
  public static void until(String what, Duration limit, Callable<Boolean> condition) {
    value(what, limit, () -> condition.call() ? Boolean.TRUE : null);
  }

  /** Waits until {@code source} gives something other than null, and returns it. */
  public static <T> T value(String what, Duration limit, Callable<@Nullable T> source) {
    long start = System.nanoTime();
    Throwable last = null;
    while (true) {
      try {
        T value = source.call();
        if (value != null) {
          return value;
        }
        last = null;
      } catch (Exception | AssertionError e) {
        last = e;
      }
      if (System.nanoTime() - start > limit.toNanos()) {
        throw new AssertionError("not within " + limit.toMillis() + " ms: " + what, last);
      }
      LockSupport.parkNanos(STEP_NANOS);
      if (Thread.interrupted()) {
        throw new AssertionError("interrupted while waiting: " + what);
      }
    }
  }

  /** Waits until {@code source} has given the same value for as long as {@code quiet}. */
  public static void quiet(String what, Duration quiet, Duration limit, Callable<?> source) {
    Object[] last = new Object[1];
    long[] since = {System.nanoTime()};
    until(what + " comes to rest", limit, () -> {
      Object now = source.call();
      if (!now.equals(last[0])) {
        last[0] = now;
        since[0] = System.nanoTime();
      }
      return System.nanoTime() - since[0] > quiet.toNanos();
    });
  }

  /** Lets {@code time} pass while {@code invariant} has to stay true. */
  public static void holds(String what, Duration time, Callable<Boolean> invariant) {
    long start = System.nanoTime();
    while (System.nanoTime() - start < time.toNanos()) {
      boolean held;
      try {
        held = invariant.call();
      } catch (Exception e) {
        throw new AssertionError("could not be checked: " + what, e);
      }
      if (!held) {
        long ms = (System.nanoTime() - start) / 1_000_000;
        throw new AssertionError("no longer true after " + ms + " ms: " + what);
      }
      LockSupport.parkNanos(STEP_NANOS);
    }
  }
}
