package live.sluice.media;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Looks after a stream again and again: every 200 ms, and once a second while nothing can change but that its publisher
 * stops, since there may be hundreds of streams. On the stream's loop.
 */
final class Checkup {
  static final long SOON_MS = 200;

  private static final long CALM_MS = 1_000;

  private final EventLoop loop;
  private final Runnable check;
  private final BooleanSupplier calm;
  private final Runnable task = this::run;
  private @Nullable ScheduledFuture<?> next;
  private boolean stopped;

  /**
   * Not begun yet.
   *
   * @param check what is done each time; it may call {@link #stop}
   * @param calm whether there is time until the next one
   */
  Checkup(EventLoop loop, Runnable check, BooleanSupplier calm) {
    this.loop = loop;
    this.check = check;
    this.calm = calm;
  }

  void start() {
    next = loop.schedule(task, calm.getAsBoolean() ? CALM_MS : SOON_MS, TimeUnit.MILLISECONDS);
  }

  /** Something has changed that does not wait for a calm look. */
  void soon() {
    ScheduledFuture<?> planned = next;
    if (planned != null && !stopped && planned.getDelay(TimeUnit.MILLISECONDS) > SOON_MS) {
      planned.cancel(false);
      start();
    }
  }

  void stop() {
    stopped = true;
    ScheduledFuture<?> planned = next;
    if (planned != null) {
      planned.cancel(false);
    }
  }

  private void run() {
    check.run();
    if (!stopped) {
      start();
    }
  }
}
