package live.sluice.media.testing;

import static org.assertj.core.api.Assertions.fail;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;

/** Waits for a condition, with a limit that only a failure reaches. */
public final class Await {
  private static final Duration LIMIT = Duration.ofSeconds(30);

  private Await() {}

  /** Returns as soon as {@code condition} is true; fails, with {@code what} should have been, where it never is. */
  public static void until(String what, Callable<Boolean> condition) {
    long end = System.nanoTime() + LIMIT.toNanos();
    while (!holds(what, condition)) {
      if (System.nanoTime() - end > 0) {
        fail("after " + LIMIT.toSeconds() + " s it is not so that " + what);
      }
      LockSupport.parkNanos(10_000_000);
    }
  }

  private static boolean holds(String what, Callable<Boolean> condition) {
    try {
      return condition.call();
    } catch (Exception e) {
      throw new AssertionError("could not tell whether " + what, e);
    }
  }
}
